#!/bin/sh
# Prints the path of a Python that can make a virtual environment, or says what is missing.
# 3.11 to 3.14 first: every locked dependency has a wheel for them. A newer one is tried last.
set -eu

able() { # able PYTHON OLDEST NEWEST
    "$1" -c "import sys, venv, ensurepip; sys.exit(not ($2 <= sys.version_info[1] <= $3 and sys.version_info[0] == 3))" \
        > /dev/null 2>&1
}

names="${PYTHON:-} python3 python3.12 python3.13 python3.11 python3.14 python3.15 python"
for newest in 14 99; do
    for name in $names; do
        if able "$name" 11 "$newest"; then
            "$name" -c 'import sys; print(sys.executable)'
            exit 0
        fi
    done
done
echo "No Python 3.11 or later with venv was found." >&2
echo "Debian: apt-get install python3 python3-venv. macOS: brew install python. Or name one: make PYTHON=/path/to/python3." >&2
exit 1
