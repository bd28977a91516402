#!/usr/bin/env bash
# Installs what is missing, builds, and runs the tests.
set -euo pipefail

usage() {
    cat <<'TEXT'
usage: tests/run.sh [--area NAME]... [--all] [--no-setup]
  --area NAME   only this area (can be repeated); areas and their budgets in seconds:
TEXT
    local area
    for area in "${areas[@]}"; do printf '                  %-9s %4d  %s\n' "$area" "${budget[$area]}" "${about[$area]}"; done
    cat <<'TEXT'
  --all         the long tests too (tag "long")
  --no-setup    do not look for what is missing; build only what the areas build themselves
Logs are in tests/target/logs, the work directories of failed tests in tests/target/work.
TEXT
}

areas=(scripts native unit coupler science slurm monitor)
declare -A budget=([scripts]=20 [native]=240 [unit]=240 [coupler]=300 [science]=240 [slurm]=240 [monitor]=120)
declare -A about=(
    [scripts]='ShellCheck over every script and container recipe'
    [native]='C and Fortran tests: make -C native test'
    [unit]='Java tests beside the code, format and dependency checks: mvn verify; tests/gpu/check.sh'
    [coupler]='model, hook, coupler and classifier as real processes'
    [science]='the demonstrations, their verdicts and regimes by level; a network from nothing'
    [slurm]='job scripts on a real Slurm, set up and torn down by the tests'
    [monitor]='the page in a real browser: a run, a long history, accessibility; the terminal; results in cdo, nco and xarray'
)

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=../slurm/env.sh
source "$here/../slurm/env.sh"
cd "$PLATEAU_HOME"

chosen=() excluded=long setup=yes
while [ $# -gt 0 ]; do
    case $1 in
        --area)
            [ -n "${budget[${2:-none}]:-}" ] || { echo "run.sh: expected an area (${areas[*]}), found '${2:-}'" >&2; exit 2; }
            chosen+=("$2")
            shift
            ;;
        --all) excluded= ;;
        --no-setup) setup=no ;;
        -h | --help) usage && exit 0 ;;
        *) usage >&2 && exit 2 ;;
    esac
    shift
done
[ ${#chosen[@]} -gt 0 ] || chosen=("${areas[@]}")

logs=tests/target/logs
mkdir -p "$logs"
trap 'echo "run.sh: interrupted" >&2; exit 130' INT TERM

# Every area prints its result as Surefire does; their sums close the run.
declare -A result=() seconds=()
ran=0 failures=0 errors=0 skipped=0

# Reads Surefire's closing lines (one a module) out of a log and adds them up.
count_tests() {
    local counts
    counts=$(sed -n 's/^\[[A-Z]*\] *Tests run: \([0-9]*\), Failures: \([0-9]*\), Errors: \([0-9]*\), Skipped: \([0-9]*\)$/\1 \2 \3 \4/p' "$1" \
        | awk '{ r += $1; f += $2; e += $3; s += $4 } END { print r + 0, f + 0, e + 0, s + 0 }')
    add_tests "$counts"
}

add_tests() {
    local r f e s
    read -r r f e s <<<"$1"
    ran=$((ran + r)) failures=$((failures + f)) errors=$((errors + e)) skipped=$((skipped + s))
}

scripts_area() {
    local files
    mapfile -t files < <(git ls-files --cached --others --exclude-standard | while read -r file; do
        if [[ $file == *.sh || $file == *.sbatch ]] \
            || head -c 40 "$file" 2>/dev/null | head -n 1 | grep -qaE '^#!.*\b(ba)?sh\b'; then
            echo "$file"
        fi
    done)
    local file failed=0
    for file in "${files[@]}"; do
        shellcheck -x -P SCRIPTDIR "$file" || failed=$((failed + 1))
    done
    # The shell in the container recipes, with the rest of each file blanked so that lines keep their numbers.
    local recipes=config/container
    local section
    for section in post runscript test environment; do
        awk -v section="%$section" '/^%/ { on = $1 == section; print ""; next } { print on ? $0 : "" }' \
            $recipes/plateau.def | shellcheck -s sh - || failed=$((failed + 1))
    done
    awk '/^RUN / { on = 1; sub(/^RUN /, "") } { print on ? $0 : "" } !/\\$/ { on = 0 }' \
        $recipes/Dockerfile | shellcheck -s sh - || failed=$((failed + 1))
    echo "[INFO] Tests run: $((${#files[@]} + 5)), Failures: $failed, Errors: 0, Skipped: 0"
    [ "$failed" -eq 0 ]
}

# An area that hangs is ended at three times its budget.
native_area() {
    timeout $((3 * budget[native])) make -C native test
}

unit_area() {
    timeout $((3 * budget[unit])) mvn -B -Dstyle.color=never -pl coupler,classifier -am verify -DexcludedGroups="$excluded" \
        || return
    local failed=0
    timeout "${budget[unit]}" tests/gpu/check.sh || failed=1
    echo "[INFO] Tests run: 1, Failures: $failed, Errors: 0, Skipped: 0"
    [ "$failed" -eq 0 ]
}

# Areas of the tests module are JUnit tags; the unit tests of the other modules are not run again.
system_area() {
    if ! grep -rqs "@Tag(\"$1\")" tests/src; then
        echo "[INFO] Tests run: 0, Failures: 0, Errors: 0, Skipped: 0"
        return 0
    fi
    timeout $((3 * budget[$1])) mvn -B -Dstyle.color=never -pl tests -am verify -Dgroups="$1" -DexcludedGroups="$excluded" -Dplateau.system.skip=false \
        -Dplateau.unit.skip=true -Dspotless.check.skip=true -Denforcer.skip=true -Dmdep.skip=true
}

run_area() {
    local area=$1 log=$logs/$1.log start=$SECONDS status=0
    echo
    echo "==== $area: ${about[$area]} (budget ${budget[$area]} s)"
    case $area in
        scripts) scripts_area >"$log" 2>&1 || status=$? ;;
        native) native_area >"$log" 2>&1 || status=$? ;;
        unit) unit_area >"$log" 2>&1 || status=$? ;;
        *) system_area "$area" >"$log" 2>&1 || status=$? ;;
    esac
    seconds[$area]=$((SECONDS - start))
    if [ "$area" = native ]; then
        local passed failed
        passed=$(sed -n 's/^\([0-9]*\) passed, [0-9]* failed.*/\1/p' "$log" | awk '{ n += $1 } END { print n + 0 }')
        failed=$(sed -n 's/^[0-9]* passed, \([0-9]*\) failed.*/\1/p' "$log" | awk '{ n += $1 } END { print n + 0 }')
        add_tests "$((passed + failed)) $failed 0 0"
        [ "$failed" -eq 0 ] || status=1
        grep -E '^[0-9]+ passed, [0-9]+ failed' "$log" || true
    else
        count_tests "$log"
        grep -E '^\[[A-Z]+\] *Tests run:' "$log" || true
    fi
    if [ "$status" -eq 0 ]; then
        result[$area]=passed
    else
        result[$area]=FAILED
        echo "---- $area failed (exit $status); the end of $log:"
        tail -n 60 "$log"
    fi
    echo "==== $area: ${result[$area]} in ${seconds[$area]} s"
}

start=$SECONDS
if [ "$setup" = yes ]; then
    bash slurm/setup.sh --tests
    seconds[set-up]=$((SECONDS - start))
    echo "==== set-up: ${seconds[set-up]} s"
fi
for area in "${chosen[@]}"; do run_area "$area"; done

echo
echo "area      result  seconds  budget"
status=0
for area in "${chosen[@]}"; do
    over=
    [ "${seconds[$area]}" -le "${budget[$area]}" ] || over='  over its budget'
    printf '%-9s %-7s %7d %7d%s\n' "$area" "${result[$area]}" "${seconds[$area]}" "${budget[$area]}" "$over"
    [ "${result[$area]}" = passed ] || status=1
done
echo "in all $((SECONDS - start)) s, set-up included"
echo "Tests run: $ran, Failures: $failures, Errors: $errors, Skipped: $skipped"
exit "$status"
