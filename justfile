# Short names for the commands that README and CONTRIBUTING give in full.

# Everything that CI checks.
check *args:
    tests/run {{args}}

# Server, Slack part and emulators in one process, with sample data.
demo *args:
    cargo run -p tests --bin demo -- {{args}}

# The release binary: `-p chorus`, so that no test support gets in.
release:
    cargo build --release -p chorus
