#!/bin/sh
# Prints the path of a Chromium for the browser tests: CHROMIUM, else PATH, else the usual macOS places;
# as root on Debian it is installed. Fails with a message: the browser tests are never skipped.
set -eu

if [ -n "${CHROMIUM:-}" ]; then
    command -v "$CHROMIUM" && exit 0
    echo "CHROMIUM=$CHROMIUM is not a program: name a Chromium or Chrome, or leave it out." >&2
    exit 1
fi

find_chromium() {
    for name in chromium chromium-browser google-chrome google-chrome-stable \
        "/Applications/Chromium.app/Contents/MacOS/Chromium" \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
        "${HOME:-}/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
        if command -v "$name"; then
            return 0
        fi
    done
    return 1
}

install_chromium() { # Debian's package; quiet unless it fails
    [ "$(id -u)" -eq 0 ] && command -v apt-get > /dev/null || return 1
    log=$(mktemp)
    if { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } \
        > "$log" 2>&1 < /dev/null; then
        rm -f "$log"
    else
        cat "$log" >&2
        rm -f "$log"
        return 1
    fi
}

find_chromium && exit 0
install_chromium && find_chromium && exit 0
echo "No Chromium was found, and the browser tests need one." >&2
echo "Debian: sudo apt-get install chromium. macOS: brew install --cask chromium. Or name one: CHROMIUM=/path make test." >&2
exit 1
