"""Domain rules: data files (TOML, CSV), one loader a topic, and `load_rules`, which freezes them."""
