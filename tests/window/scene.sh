# Sourced by the scripts beside it, after display.sh: the sample study with its own lead coder at the keyboard, so that
# pictures and checks do not depend on who runs them.
#   new_home · codings · newest_coding
new_home() {
    home=$(mktemp -d)
    export THEMATA_HOME=$home
    mkdir -p "$home/config"
    cat >"$home/config/identity.json" <<'JSON'
{ "device": "018fd4a0-0000-7000-8000-000000000001", "coder": "018fd4a0-0000-7000-8000-000000000002", "name": "Elspeth Munro" }
JSON
    # Somebody who has done the first steps, which would stand in the pictures, and has said of another project that no groups are masked.
    echo '{ "first_steps": ["select", "code", "matrix", "search"], "fewest": 0 }' >"$home/config/window.json"
}

project_file() { find "$home/data" -name '*.themata' | head -n 1; }
codings() { "$program" codings "$(project_file)" --json; }
