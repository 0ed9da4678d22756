# Sourced by the scripts beside it: a display of its own, the program in it, keys, clicks and pictures.
#   open_display WIDTH HEIGHT · start PROGRAM ARGS… · key KEYS… · type_text WORDS · click X Y · drag X Y X Y · settle
#   picture FILE · stop
set -euo pipefail

server= program_id= window=

open_display() {
    exec 9< <(exec Xvfb -displayfd 1 -screen 0 "$1x$2x24" -nolisten tcp 2>/dev/null)
    server=$!
    local number
    read -r number <&9
    export DISPLAY=:$number WINIT_X11_SCALE_FACTOR=1 LIBGL_ALWAYS_SOFTWARE=1
    unset WAYLAND_DISPLAY
    trap stop_all EXIT
}

start() {
    "$@" & program_id=$!
    for _ in $(seq 400); do
        window=$(xdotool search --onlyvisible --pid "$program_id" 2>/dev/null | head -n 1 || true)
        [ -n "$window" ] && break
        kill -0 "$program_id" 2>/dev/null || { echo "the program ended before its window opened" >&2; return 1; }
        sleep 0.2
    done
    [ -n "$window" ] || { echo "no window came" >&2; return 1; }
    xdotool windowfocus --sync "$window" 2>/dev/null || true
    rest 2
    settle
}

# Software drawing is slow on a busy machine; the steps wait longer there.
rest() { sleep "$(awk "BEGIN { print $1 * ${WINDOW_PACE:-1} }")"; }
key() { for k in "$@"; do xdotool key --clearmodifiers "$k"; rest 0.3; done; }
type_text() { xdotool type --delay 60 "$1"; rest 0.5; }
click() { xdotool mousemove "$1" "$2"; rest 0.2; xdotool click 1; rest 0.4; }
drag() { xdotool mousemove "$1" "$2"; rest 0.2; xdotool mousedown 1; rest 0.2; xdotool mousemove "$3" "$4"; rest 0.3; xdotool mouseup 1; rest 0.4; }
picture() { import -window root "$1"; }

# Waits until the window is still: three pictures in a row are the same, which on a slow machine may take a while.
settle() {
    local before= now same=0
    for _ in $(seq 60); do
        now=$(import -window root rgb:- | md5sum)
        if [ "$now" = "$before" ]; then same=$((same + 1)); else same=0; fi
        [ "$same" -ge 2 ] && return 0
        before=$now
        sleep 0.2
    done
}

# Waits for the program to end by itself, after it was asked to.
stop() {
    for _ in $(seq 400); do
        kill -0 "$program_id" 2>/dev/null || { program_id=; return 0; }
        sleep 0.2
    done
    echo "the program did not end when it was asked to" >&2
    return 1
}

stop_all() {
    [ -n "$program_id" ] && kill "$program_id" 2>/dev/null
    [ -n "$server" ] && kill "$server" 2>/dev/null
    true
}
