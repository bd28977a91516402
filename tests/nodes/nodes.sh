#!/usr/bin/env bash
# Makes virtual nodes on one machine: namespaces for network, mounts and host name, so that Open MPI
# and the programs under test take them for machines of their own. Needs root.
set -euo pipefail

usage() {
    cat <<'TEXT'
usage: nodes.sh up WORK N           makes node1 ... nodeN and a switch between them
       nodes.sh run WORK I CMD...   runs a command on node I
       nodes.sh agent WORK HOST CMD what mpirun uses instead of ssh
       nodes.sh cut WORK I          pulls the cable of node I
       nodes.sh mend WORK I         plugs it in again
       nodes.sh down WORK           ends everything that runs on the nodes, and the nodes
A node has a /dev/shm of its own, seen from outside as WORK/nodeI/shm; its WORK/disk is
WORK/nodeI/disk outside, of the size NODE_DISK if that is set. Everything else is shared, as a parallel file system would be.
TEXT
}

fail() {
    echo "nodes.sh: $1" >&2
    exit 2
}

# Starts a process that holds new namespaces open; its number goes to WORK/NAME.pid.
hold() {
    local name=$1
    shift
    unshare "$@" --fork --kill-child sleep infinity </dev/null >/dev/null 2>&1 &
    local outer=$! inner=
    until inner=$(pgrep -P "$outer" -x sleep); do
        kill -0 "$outer" 2>/dev/null || fail "cannot make namespaces ($*)"
        sleep 0.01
    done
    echo "$outer" >"$work/$name.holder"
    echo "$inner" >"$work/$name.pid"
}

inside() {
    local name=$1
    shift
    nsenter -t "$(cat "$work/$name.pid")" --net --mount --uts -- "$@"
}

switch() {
    nsenter -t "$(cat "$work/switch.pid")" --net -- "$@"
}

up() {
    local n=$1 i
    mkdir -p "$work/disk"
    {
        echo "127.0.0.1 localhost"
        for ((i = 1; i <= n; i++)); do echo "10.99.0.$i node$i"; done
    } >"$work/hosts"
    hold switch --net
    switch ip link add br0 type bridge
    switch ip link set br0 up
    for ((i = 1; i <= n; i++)); do node "$i"; done
}

node() {
    local i=$1 name=node$1
    mkdir -p "$work/$name/shm" "$work/$name/disk"
    mount -t tmpfs -o size=8g,mode=1777 tmpfs "$work/$name/shm"
    [ -z "${NODE_DISK:-}" ] || mount -t tmpfs -o "size=$NODE_DISK" tmpfs "$work/$name/disk"
    hold "$name" --net --mount --uts
    inside "$name" hostname "$name"
    inside "$name" mount --bind "$work/$name/shm" /dev/shm
    inside "$name" mount --bind "$work/$name/disk" "$work/disk"
    inside "$name" mount --bind "$work/hosts" /etc/hosts
    switch ip link add "port$i" type veth peer name eth0 netns "$(cat "$work/$name.pid")"
    switch ip link set "port$i" master br0
    switch ip link set "port$i" up
    inside "$name" ip addr add "10.99.0.$i/24" dev eth0
    inside "$name" ip link set eth0 up
    inside "$name" ip link set lo up
}

down() {
    local holder node pid
    for node in "$work"/node*.pid "$work"/switch.pid; do
        [ -e "$node" ] || continue
        # Whatever still runs in the node's namespaces ends with it.
        for pid in $(members "$(cat "$node")"); do
            kill -KILL "$pid" 2>/dev/null || true
        done
        holder=${node%.pid}.holder
        kill -KILL "$(cat "$holder")" 2>/dev/null || true
        rm -f "$node" "$holder"
    done
    for node in "$work"/node*/{shm,disk}; do
        ! mountpoint -q "$node" || umount -l "$node"
    done
}

# Processes in the network namespace of that one.
members() {
    local ns
    ns=$(readlink "/proc/$1/ns/net") || return 0
    # A number that is someone else's by now must not end them.
    [ "$ns" != "$(readlink /proc/self/ns/net)" ] || return 0
    # One look at all: a program for each process would take longer on a busy machine than anybody waits.
    find /proc -maxdepth 3 -path '/proc/[0-9]*/ns/net' -printf '%p %l\n' 2>/dev/null \
        | awk -v ns="$ns" '$2 == ns { split($1, part, "/"); print part[3] }'
}

[ $# -ge 2 ] || { usage >&2; exit 2; }
command=$1
work=$(readlink -m "$2")
shift 2
case $command in
    up) up "$1" ;;
    down) down ;;
    run)
        name=node$1
        shift
        exec nsenter -t "$(cat "$work/$name.pid")" --net --mount --uts -- "$@"
        ;;
    agent)
        # Open MPI gives the host and one string for a shell.
        name=$1
        shift
        exec nsenter -t "$(cat "$work/$name.pid")" --net --mount --uts -- bash -c "$*"
        ;;
    cut) switch ip link set "port$1" down ;;
    mend) switch ip link set "port$1" up ;;
    *) usage >&2 && exit 2 ;;
esac
