#!/usr/bin/env bash
# Runs many small models with different physics, one netCDF file each: the training set of the
# network, and something to look at.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: sweep.sh OUTDIR [--quick] [--jobs N] [--model FILE]

  OUTDIR        where NAME.nml, NAME.nc and NAME.log go (created; existing .nc files are kept and
                their runs skipped, so a sweep that was interrupted goes on)
  --quick       a small sweep of coarse, short runs
  --jobs N      runs at a time (default: processors, at most 8)
  --model FILE  the executable (default: ../build/bin/minigcm beside this script)
TEXT
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
model=$here/../build/bin/minigcm
jobs=$(nproc)
((jobs > 8)) && jobs=8
quick=0
outdir=
while (($#)); do
  case $1 in
    --quick) quick=1 ;;
    --jobs) jobs=$2; shift ;;
    --model) model=$2; shift ;;
    -h | --help) usage; exit 0 ;;
    -*) usage >&2; exit 2 ;;
    *) outdir=$1 ;;
  esac
  shift
done
[[ -n $outdir ]] || { usage >&2; exit 2; }
[[ -x $model ]] || { echo "sweep.sh: $model is not there: build it with make -C native" >&2; exit 2; }
model=$(cd "$(dirname "$model")" && pwd)/$(basename "$model")
mkdir -p "$outdir"
cd "$outdir"
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_hwloc_base_binding_policy=none

names=()
# configure NAME TRUNCATION DAYS HOURS PLANET FORCING TEMPERATURE: the last three are namelist text.
configure() {
  local name=$1 numerics=''
  [[ $5 == *8.94e-5* || $5 == *6.371e6* ]] && numerics='damping_rate = 1e-4'
  names+=("$name")
  cat >"$name.nml" <<TEXT
&run title = 'sweep: $name', days = $3, output_hours = $4, quiet = .true.,
  output_file = '$name.nc.part', restart_out = '$name.restart' /
&grid truncation = $2, levels = $levels, top_bar = 1e-3, bottom_bar = 100 /
&planet $5 /
&forcing $6 /
&temperature $7 /
&numerics $numerics /
TEXT
}

# One run: the file appears under its name when it is complete.
run_one() {
  local name=$1
  [[ -f $name.nc ]] && { echo "$name: kept"; return; }
  if "$model" "$name.nml" >"$name.log" 2>&1; then
    rm -f "$name.restart"
    mv "$name.nc.part" "$name.nc"
    echo "$name: $(tail -n 1 "$name.log" | sed 's/^minigcm: //')"
  else
    echo "$name: FAILED: $(tail -n 1 "$name.log")"
    return 1
  fi
}
export -f run_one
export model

# Radiative time rises from 0.05 or so days at the top to tens of days at the bottom, so that one run
# shows many regimes; factor moves it up and down. Odd numbers, so that no two runs are alike.
rising='tau_rad_bar = 0.001, 0.1, 1, 100'
hd="preset = 'hd209458b', radius = 9.44e7, rotation = 2.06e-5, gh = 4e6"
hot='irradiation = 2000, intrinsic = 300'
inverted='irradiation = 1900, intrinsic = 250, opacity_ratio = 0.5, inversion = 500, inversion_bar = 0.04'
twolayer='irradiation = 1700, intrinsic = 400, opacity_ratio = 2.5, photosphere_bar = 1'

quick_sweep() {
  levels=10
  configure q-none 21 30 24 "$hd" "$rising, tau_rad_days = 0.1, 0.6, 3, 12" "$hot"
  configure q-drag1 21 20 24 "$hd, substellar_longitude = 90" \
    "$rising, tau_rad_days = 0.1, 1, 4, 12, tau_drag_bar = 1, tau_drag_days = 1" "$inverted"
  configure q-drag5 21 30 24 "$hd, substellar_longitude = 200" \
    "$rising, tau_rad_days = 0.3, 2, 6, 20, tau_drag_bar = 0.01, 1, tau_drag_days = 2, 50" "$twolayer"
  configure q-slow 21 16 8 "$hd, rotation = 2.06e-6" "$rising, tau_rad_days = 1, 2, 5, 10" "$hot"
  configure q-tilt 21 20 24 "$hd, substellar_latitude = 25" \
    "$rising, tau_rad_days = 0.2, 1, 4, 15, tau_drag_bar = 0.01, 1, tau_drag_days = 2, 20" "$hot"
  configure q-interior 21 30 24 "$hd, rotation = 1.5e-5" \
    "$rising, tau_rad_days = 0.1, 0.5, 5, 10, contrast_bar = 0.1, 3, contrast = 0.6, 0.2, \
interior_bar = 0.3, 3, interior = 0, 0.15, tau_drag_bar = 0.1, 1, tau_drag_days = 1, 50" "$inverted"
  configure q-jet 21 24 24 "$hd, substellar_longitude = 30" \
    "$rising, tau_rad_days = 0.1, 0.6, 3, 12, tau_drag_bar = 1, tau_drag_days = 2, \
jet_bar = 1e-3, 0.1, 10, jet = 800, 1600, 500" "$hot"
}

full_sweep() {
  local i=0 factor drag name grid days lon temperature rotation tilt speed
  levels=12
  local temperatures=("$hot" "$inverted" "$twolayer")
  # Radiative factor x drag: locked, butterfly, jets, bands.
  for factor in 0.5 1 2.2; do
    for drag in none 0.9 4 20 top deep; do
      i=$((i + 1))
      grid=21 days=40
      ((i % 4 == 0)) && grid=31 days=24
      lon=$((i * 67 % 360))
      temperature=${temperatures[i % 3]}
      configure "locked-$factor-$drag" $grid $days 16 "$hd, substellar_longitude = $lon" \
        "$rising, tau_rad_days = 0.1, 0.5, 3, 15, tau_rad_factor = $factor$(drag_table $drag)" "$temperature"
    done
  done
  # Rotation, with gravity-wave speeds and contrasts that differ.
  for rotation in 2.06e-6 4e-6 1.1e-5 3.3e-5 8.94e-5; do
    for drag in none 3; do
      i=$((i + 1))
      name=rotation-$rotation-$drag
      configure "$name" 21 30 8 "preset = '$name', rotation = $rotation, gh = 3.$((i % 10))e6, \
radius = 8.$((i % 10))e7, substellar_longitude = $((i * 67 % 360))" \
        "$rising, tau_rad_days = 0.3, 1, 4, 20, contrast_bar = 0.01, 10, contrast = 1, 0.5$(drag_table $drag)" \
        "${temperatures[i % 3]}"
    done
  done
  # Substellar point off the equator, and heat from one hemisphere.
  for tilt in 25 -25 12 40; do
    for drag in 2 none; do
      i=$((i + 1))
      configure "tilt$tilt-$drag" 21 30 16 "$hd, substellar_latitude = $tilt, substellar_longitude = $((i * 67 % 360))" \
        "$rising, tau_rad_days = 0.2, 1, 4, 20, tau_rad_factor = 0.$((5 + i % 5))$(drag_table $drag)" "${temperatures[i % 3]}"
    done
  done
  for tilt in 0.05 0.15 -0.2; do
    i=$((i + 1))
    configure "interior$tilt" 21 40 16 "$hd, rotation = 1.5e-5, substellar_longitude = $((i * 67 % 360))" \
      "$rising, tau_rad_days = 0.1, 0.4, 4, 12, contrast_bar = 0.1, 3, contrast = 0.7, 0.2, \
interior_bar = 0.1, 3, interior = 0, $tilt$(drag_table top)" "${temperatures[i % 3]}"
  done
  # Equatorial jets: drag towards a wind, with day-night contrasts from weak to strong.
  for speed in 400 900 1600 2500 -700; do
    for factor in 0.3 1; do
      i=$((i + 1))
      configure "jet$speed-$factor" 21 24 12 "$hd, substellar_longitude = $((i * 67 % 360))" \
        "$rising, tau_rad_days = 0.1, 0.6, 3, 12, contrast_bar = 1, contrast = $factor, \
tau_drag_bar = 0.01, 1, 10, tau_drag_days = 3, $((1 + i % 3)), 5, jet_bar = 1e-3, 0.1, 10, \
jet = $((speed / 2)), $speed, $((speed / 3)), jet_width = $((18 + i % 4 * 6))" "${temperatures[i % 3]}"
    done
  done
  # Weak forcing, and no day side at all.
  for factor in 0.05 0.2 0.5; do
    i=$((i + 1))
    configure "contrast$factor" 21 40 16 "$hd, substellar_longitude = $((i * 67 % 360))" \
      "$rising, tau_rad_days = 0.1, 0.5, 3, 15, contrast_bar = 1, contrast = $factor$(drag_table 7)" "${temperatures[i % 3]}"
  done
  configure zonal-slow 21 40 16 "preset = 'zonal', rotation = 2.06e-5, gh = 4e6" \
    "pattern = 'zonal', $rising, tau_rad_days = 1, 2, 5, 15, contrast_bar = 1, contrast = 0.5, perturbation = 0.01" "$hot"
  configure earthlike 31 60 24 \
    "preset = 'earthlike', radius = 6.371e6, rotation = 7.292e-5, gh = 2e4, gas_constant = 287, heat_capacity = 1004" \
    "pattern = 'zonal', $rising, tau_rad_days = 5, 10, 20, 20, contrast_bar = 1, contrast = 0.5, \
perturbation = 0.01, tau_drag_bar = 1, tau_drag_days = 30" \
    "irradiation = 360, intrinsic = 20, opacity_ratio = 0.5, photosphere_bar = 0.6"
  # Winds as fast as those of 3-D models, with their gravity-wave speed, from a narrow jet to one as
  # wide as the planet: the hot crest lies far east of the star, and bands grow out of it.
  for speed in 2000 3500 5000; do
    for width in 25 40 60; do
      i=$((i + 1))
      configure "strong$speed-$width" 21 20 12 "preset = 'strong-jet', radius = 9.44e7, \
rotation = 2.06e-5, gh = 7.3e6, substellar_longitude = $((i * 67 % 360))" \
        "$rising, tau_rad_days = 0.1, 0.5, 2, 8, tau_rad_factor = $((1 + i % 2)), contrast_bar = 0.1, 10, \
contrast = 0.$((5 + i % 5)), 0.2, tau_drag_bar = 0.01, 1, tau_drag_days = $((1 + i % 3)), 2, \
jet_bar = 1e-3, 0.05, 1, 100, jet = $((speed / 3)), $speed, $speed, $((speed / 4)), jet_width = $width" \
        "${temperatures[i % 3]}"
    done
  done
  for name in hot cool hd209458b wasp43b slow tilted jet superrotating; do
    from_preset $name
  done
}

# The shipped preset on a smaller grid.
from_preset() {
  names+=("preset-$1")
  sed -e 's/truncation = 31, levels = 20/truncation = 21, levels = 12/' \
    -e "s/days = [0-9]*, output_hours = [0-9]*/days = 40, output_hours = 16, quiet = .true., \
output_file = 'preset-$1.nc.part', restart_out = 'preset-$1.restart'/" \
    "$here/presets/$1.nml" >"preset-$1.nml"
}

drag_table() {
  case $1 in
    none) ;;
    top) echo ', tau_drag_bar = 0.03, 0.3, 1, tau_drag_days = 1, 5, 200' ;;
    deep) echo ', tau_drag_bar = 0.03, 1, tau_drag_days = 200, 5' ;;
    *) echo ", tau_drag_bar = 1, tau_drag_days = $1" ;;
  esac
}

if ((quick)); then quick_sweep; else full_sweep; fi
echo "${#names[@]} runs, $jobs at a time, in $PWD"
started=$SECONDS
# shellcheck disable=SC2016  # expanded by the inner shell
printf '%s\n' "${names[@]}" | xargs -P "$jobs" -I '{}' bash -c 'run_one "$1"' run_one '{}' ||
  { echo "sweep.sh: not every run ended well; see the logs in $PWD" >&2; exit 3; }
echo "done in $((SECONDS - started)) s: $(find . -maxdepth 1 -name '*.nc' | wc -l) files, $(du -sh . | cut -f 1)"
