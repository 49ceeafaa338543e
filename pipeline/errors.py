"""The three ways a run can be impossible; the command line turns each into one sentence."""

from __future__ import annotations


class PipelineError(Exception):
    """A broken assumption; the message names file, place, what was expected and what was found."""


class SourceError(PipelineError):
    """A source that cannot be read: missing, empty, binary, encrypted, a scan, not a chronology."""


class RulesError(PipelineError):
    """A rules file that says something it must not; names file, key and reason."""


class SchemaError(PipelineError):
    """A frame or a folder of tables that does not keep the contract."""
