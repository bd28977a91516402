#!/usr/bin/env bash
# The tests of minigcm: run.sh BUILD OBJECTS (called by `make test`). One line per test, then the sum.
set -euo pipefail

build=$1
objects=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
model=$build/bin/minigcm
checked=$objects/checked/bin/minigcm
work=$(mktemp -d "${TMPDIR:-/tmp}/minigcm-test.XXXXXX")
trap 'rm -rf "$work"' EXIT
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_hwloc_base_binding_policy=none
export OMPI_MCA_mpi_yield_when_idle=1
unset PLATEAU_SESSION LD_PRELOAD
passed=0
failed=0

# check NAME COMMAND...: the command succeeds, or the test fails and its output is shown.
check() {
  local name=$1
  shift
  if "$@" >"$work/log" 2>&1; then
    passed=$((passed + 1))
    echo "ok   $name"
  else
    failed=$((failed + 1))
    echo "FAIL $name"
    sed 's/^/     /' "$work/log" | tail -n 20
  fi
}

# namelist NAME RUN GRID [FORCING]: a small run in its own directory $work/NAME.
namelist() {
  mkdir -p "$work/$1"
  cat >"$work/$1/minigcm.nml" <<TEXT
&run output_hours = 12, quiet = .true., $2 /
&grid truncation = 21, levels = 5, $3 /
&forcing tau_rad_bar = 0.001, 100, tau_rad_days = 0.2, 50, tau_drag_bar = 1, tau_drag_days = 2, ${4:-} /
TEXT
}

# launch NAME RANKS [MODEL]
launch() {
  (cd "$work/$1" && timeout 100 mpirun --oversubscribe -np "$2" "${3:-$model}" minigcm.nml)
}

ranks_agree() {
  local n
  for n in 1 2 4 7; do
    namelist "ranks$n" 'days = 2' ''
    launch "ranks$n" "$n"
    cmp "$work/ranks1/minigcm.nc" "$work/ranks$n/minigcm.nc"
    cmp "$work/ranks1/minigcm_restart.nc" "$work/ranks$n/minigcm_restart.nc"
  done
}

restart_continues() {
  namelist straight 'days = 4' ''
  namelist half 'days = 2' ''
  namelist rest "days = 2, restart_in = '../half/minigcm_restart.nc'" ''
  launch straight 2
  launch half 1
  launch rest 2
  cmp "$work/straight/minigcm_restart.nc" "$work/rest/minigcm_restart.nc"
}

restart_refused() {
  namelist other "days = 1, restart_in = '../half/minigcm_restart.nc'" 'levels = 6'
  local status=0
  launch other 1 || status=$?
  [[ $status == 2 ]]
}

parts_make_the_whole() {
  local n
  for n in 1 2 3; do
    namelist "parts$n" "days = 1, output_mode = 'multiple_file', output_file = 'out.nc'" ''
    namelist "whole$n" "days = 1, output_file = 'out.nc'" ''
    launch "parts$n" "$n"
    launch "whole$n" "$n"
    "$objects/parts" "$work/whole$n/out.nc" "$work/parts$n"/out_*.nc
  done
}

stop_request_ends_the_run() {
  namelist stopped 'days = 50, plateau = .true.' ''
  "$objects/stop" "$work/session"
  PLATEAU_SESSION=$work/session launch stopped 2 | tee "$work/stopped/out"
  grep -q 'stopped on request at day 0\{0,1\}\.500' "$work/stopped/out"
  [[ -s $work/stopped/minigcm_restart.nc ]]
}

nobody_asks_nobody_stops() {
  namelist deaf 'days = 2' ''
  PLATEAU_SESSION=$work/session launch deaf 1 | tee "$work/deaf/out"
  grep -q 'day 2.000 reached' "$work/deaf/out"
}

unknown_key_is_refused() {
  namelist typo 'dayz = 2' ''
  local status=0
  launch typo 2 2>"$work/typo/err" || status=$?
  cat "$work/typo/err"
  [[ $status == 2 ]] && grep -q '^minigcm: minigcm.nml: &run' "$work/typo/err"
}

planet_is_told() {
  "$model" --planet "$here/../presets/cool.nml" | tee "$work/planet"
  grep -qx '  waveSpeed: 1.73205E+03 m/s' "$work/planet"
  grep -qx '  rotation: 1.50000E-05 /s' "$work/planet"
  local status=0
  "$model" --planet "$work/none.nml" || status=$?
  [[ $status == 2 ]]
}

without_xios_its_mode_is_refused() {
  namelist served "days = 1, output_mode = 'xios'" ''
  local status=0
  launch served 1 2>"$work/served/err" || status=$?
  cat "$work/served/err"
  [[ $status == 2 ]] && grep -q 'needs a minigcm built with' "$work/served/err"
}

instability_is_told() {
  namelist wild 'days = 20' ''
  echo '&numerics step_seconds = 21600 /' >>"$work/wild/minigcm.nml"
  local status=0
  launch wild 1 2>"$work/wild/err" || status=$?
  [[ $status == 3 ]] && grep -q 'became unstable at level' "$work/wild/err"
}

# preset_is_clean NAME: two days of a preset, coarse, in the build with every check on.
preset_is_clean() {
  mkdir -p "$work/$1"
  sed -e 's/truncation = [0-9]*/truncation = 10/' -e 's/levels = [0-9]*/levels = 10/' \
    -e 's/days = [0-9]*, output_hours = [0-9]*/days = 2, output_hours = 24/' \
    "$here/../presets/$1.nml" >"$work/$1/minigcm.nml"
  launch "$1" 2 "$checked" 2>"$work/$1/err"
  cat "$work/$1/err"
  [[ ! -s $work/$1/err ]]
}

while read -r line; do
  echo "$line"
  if [[ $line == ok* ]]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
done < <("$objects/theory" || echo 'FAIL the theory program did not end well')

check '1, 2, 4 and 7 ranks write the same bytes' ranks_agree
check 'a continued run is the run that was not stopped, bit for bit' restart_continues
check 'a restart of other levels is refused' restart_refused
check 'part files of 1, 2 and 3 writers make up the one file' parts_make_the_whole
check 'a stop request ends the run at the next output with a restart and exit code 0' stop_request_ends_the_run
check 'a run that does not ask is not stopped' nobody_asks_nobody_stops
check 'an unknown key is refused in one line, exit code 2' unknown_key_is_refused
check 'the planet of a namelist is printed as settings, without a run' planet_is_told
check 'a build without XIOS refuses its output mode and says what to build' without_xios_its_mode_is_refused
check 'an unstable run says so, exit code 3' instability_is_told
for preset in "$here"/../presets/*.nml; do
  name=$(basename "$preset" .nml)
  check "preset $name runs clean with every check of the compiler" preset_is_clean "$name"
done
echo "$passed passed, $failed failed"
((failed == 0))
