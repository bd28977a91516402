#!/usr/bin/env bash
# The demonstration: installs what is missing, builds, runs minigcm with everything that watches it
# until it has equilibrated, draws the figures and says where they are. Can be run again at once.
set -euo pipefail

usage() {
    cat <<'TEXT'
usage: slurm/demo.sh [--preset NAME] [--ranks N] [--settings FILE] [--directory DIR] [--no-setup]
  --preset NAME     model configuration native/minigcm/presets/NAME.nml (default demo); hot and cool
                    are the pair whose regimes differ by level, see docs/MINIGCM.md
  --ranks N         MPI ranks of the model (default 1)
  --settings FILE   settings (default config/demo.yaml)
  --directory DIR   where the run and the figures go (default plateau-demo); an earlier
                    demonstration there is replaced
  --no-setup        do not look for what is missing
TEXT
}

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=env.sh
source "$here/env.sh"

preset=demo ranks=1 directory=$PLATEAU_HOME/plateau-demo setup=yes
settings=$PLATEAU_HOME/config/demo.yaml
presets=$PLATEAU_HOME/native/minigcm/presets
stop() {
    echo "demo: $*" >&2
    exit 2
}
while [ $# -gt 0 ]; do
    case $1 in
        --preset | --ranks | --settings | --directory)
            [ $# -ge 2 ] || stop "expected a value after $1"
            case $1 in
                --preset) preset=$2 ;;
                --ranks) ranks=$2 ;;
                --settings) settings=$(realpath -m "$2") ;;
                --directory) directory=$(realpath -m "$2") ;;
            esac
            shift
            ;;
        --no-setup) setup=no ;;
        -h | --help) usage && exit 0 ;;
        *) usage >&2 && exit 2 ;;
    esac
    shift
done
[[ $ranks =~ ^[1-9][0-9]*$ ]] || stop "expected a number of ranks from 1, found '$ranks'"
[ -r "$settings" ] || stop "expected a settings file, found no $settings"
[ -r "$presets/$preset.nml" ] \
    || stop "expected one of $(cd "$presets" && echo ./*.nml | sed 's:\./::g; s/\.nml//g'), found preset '$preset'"

[ "$setup" = no ] || bash "$here/setup.sh"
began=$SECONDS

# Only what an earlier demonstration left is removed, never anybody's own directory.
if [ -e "$directory" ]; then
    [ -e "$directory/.plateau-demo" ] || [ -z "$(ls -A "$directory")" ] \
        || stop "expected an empty directory or an earlier demonstration, found other files in $directory"
    rm -rf "$directory"
fi
mkdir -p "$directory"
touch "$directory/.plateau-demo"
cp "$presets/$preset.nml" "$directory/minigcm.nml"
cd "$directory"

# The planned length of the run is the model's; it tells how much of it was saved.
days=$(sed -n 's/.*\bdays *= *\([0-9.]*\).*/\1/p' minigcm.nml | head -n 1)
sed "s/^\( *length:\).*/\1 ${days:-100} d/" "$settings" >plateau.yaml
# Another preset is another planet, and is shown from beginning to end: only the demonstration itself
# knows which of its levels to wait for.
if [ "$preset" != demo ] && [ "$settings" = "$PLATEAU_HOME/config/demo.yaml" ]; then
    awk '/^[a-z]/ { skip = /^(planet|stop):/ } !skip' plateau.yaml >settings.part
    minigcm --planet minigcm.nml >>settings.part
    mv settings.part plateau.yaml
fi

# What a container and a machine with fewer cores than ranks want of Open MPI.
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
echo "demo: runs minigcm ($preset, $ranks rank(s), at most $days days) in $directory"
echo "demo: plateau run --settings plateau.yaml -- mpirun -np $ranks plateau-hook minigcm minigcm.nml"
echo "demo: to see it live, in another terminal:"
echo "demo:   source $here/env.sh; plateau watch $directory/plateau"

# The model says a line per output; every tenth shows that it goes on, all are in demo.log.
every_tenth() {
    trap '' INT TERM # the run's own last words still come through
    local line days=0
    while IFS= read -r line; do
        printf '%s\n' "$line" >>demo.log
        if [[ $line == 'day '* ]] && ((days++ % 10)); then continue; fi
        printf '%s\n' "$line"
    done
}
status=0
plateau run --settings plateau.yaml --run-directory plateau -- \
    mpirun --oversubscribe --bind-to none -np "$ranks" plateau-hook minigcm minigcm.nml \
    | every_tenth || status=$?
[ "$status" -eq 0 ] || echo "demo: the run ended with exit code $status; logs are in $directory/plateau" >&2

if [ -e plateau/results.nc ]; then
    echo "demo: draws the figures:"
    plateau plot plateau || echo "demo: the figures could not be drawn" >&2
fi
echo "demo: $((SECONDS - began)) s"
exit "$status"
