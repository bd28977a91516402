#!/usr/bin/env bash
# Installs what is missing and builds Plateau. Can be run again at once: then it takes seconds.
set -euo pipefail

usage() {
    cat <<'TEXT'
usage: slurm/setup.sh [--tests] [--check] [--no-build]
  --tests     also what the tests need (Slurm, ShellCheck, clang, valgrind, ...)
  --check     only say what is missing: exit 0 if nothing is, 2 otherwise
  --no-build  install, but do not build
Needs a JDK 17 and Maven, or root (or sudo) on Debian 12 to install them.
Exit 2: something is missing that cannot be installed here; it is named.
TEXT
}

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=env.sh
source "$here/env.sh"
cd "$PLATEAU_HOME"

with_tests=no check_only=no build=yes
while [ $# -gt 0 ]; do
    case $1 in
        --tests) with_tests=yes ;;
        --check) check_only=yes ;;
        --no-build) build=no ;;
        -h | --help) usage && exit 0 ;;
        *) usage >&2 && exit 2 ;;
    esac
    shift
done

scratch=$(mktemp -d "${TMPDIR:-/tmp}/plateau-setup.XXXXXX")
beat=
finish() {
    [ -z "$beat" ] || kill "$beat" 2>/dev/null || true
    rm -rf "$scratch"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

say() { echo "setup: $*"; }
stop() {
    echo "setup: $*" >&2
    exit 2
}

# ---- What is needed: Debian package | how to see that it is there | what it is for ----------------
# A check is a command on the PATH, or one of the functions below. Where the check succeeds nothing is
# installed, whoever installed it.
needs_run='
make            | make             | the native build
gcc             | gcc              | the hook, the ring and the bridge
libc6-dev       | c_header stdio.h | the hook, the ring and the bridge
gfortran        | gfortran         | minigcm and the model API
openmpi-bin     | mpirun           | the coupler and minigcm
libopenmpi-dev  | mpifort          | the coupler and minigcm
libnetcdf-dev   | nc-config        | the hook
libnetcdff-dev  | nf-config        | minigcm
netcdf-bin      | ncdump           | a look into the results
openjdk-17-jdk-headless | jdk      | the coupler and the classifier
maven           | mvn              | the Java build
xz-utils        | xz               | the Java bindings of Open MPI
libgomp1        | library libgomp.so.1 | the network
fontconfig      | fc-match         | the figures
fonts-dejavu-core | any_font       | the figures
ca-certificates | directory /etc/ssl/certs | Maven
procps          | ps               | the watchdog
util-linux      | taskset          | the cores of the parts
'
needs_tests='
slurm-wlm       | slurmctld        | tests of the job scripts on a Slurm of their own
munge           | munged           | tests of the job scripts
shellcheck      | shellcheck       | the check of the scripts
clang           | clang            | the sanitizers of the native tests
libclang-rt-14-dev | clang_sanitizers | the sanitizers of the native tests
valgrind        | valgrind         | the native tests
strace          | strace           | the native tests
libnetcdf-mpi-dev | directory /usr/lib/x86_64-linux-gnu/netcdf/mpi | tests of the hook on the MPI netCDF
chromium        | chromium         | tests of the web page in a real browser
python3-netcdf4 | python_netcdf4   | tests of the hook under an interpreter that loads netCDF
cdo             | cdo              | tests that cdo reads the results
nco             | ncra             | tests that nco reads the results
python3-xarray  | python_xarray    | tests that xarray reads the results
util-linux-extra | fincore        | a test of which pages a queue makes
iproute2        | ip               | tests with several nodes
'

c_header() { echo "#include <$1>" | gcc -E -x c - >/dev/null 2>&1; }
library() { ldconfig -p 2>/dev/null | grep -qF "$1" || /sbin/ldconfig -p 2>/dev/null | grep -qF "$1"; }
directory() { [ -d "$1" ]; }
any_font() { command -v fc-list >/dev/null && [ -n "$(fc-list 2>/dev/null | head -n 1)" ]; }
python_netcdf4() { /usr/bin/python3 -c 'import netCDF4' 2>/dev/null; }
python_xarray() { /usr/bin/python3 -c 'import importlib.util as u; exit(u.find_spec("xarray") is None)' 2>/dev/null; }
clang_sanitizers() {
    local runtime
    runtime=$(clang -print-runtime-dir 2>/dev/null) || return 1
    compgen -G "$runtime/libclang_rt.asan-*.a" >/dev/null
}
jdk() {
    local javac=javac
    [ -z "${JAVA_HOME:-}" ] || javac=$JAVA_HOME/bin/javac
    [ "$("$javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')" -ge 17 ] 2>/dev/null
}

missing=()
find_missing() {
    missing=()
    local package check purpose
    while IFS='|' read -r package check purpose; do
        [ -n "${package// /}" ] || continue
        read -r package <<<"$package"
        read -r -a check <<<"$check"
        if [ "$(type -t "${check[0]}")" = function ]; then
            "${check[@]}" && continue
        else
            # Slurm's and munge's daemons are in sbin, which is not on everybody's PATH.
            PATH=$PATH:/usr/sbin:/sbin command -v "${check[0]}" >/dev/null && continue
        fi
        missing+=("$package|${purpose# }")
    done <<<"$1"
}

wanted=$needs_run
[ "$with_tests" = no ] || wanted+=$needs_tests

# ---- Open MPI's Java bindings ---------------------------------------------------------------------
bindings_version=$(sed -n 's:.*<openmpi-java.version>\(.*\)</openmpi-java.version>.*:\1:p' pom.xml)
repository=$(sed -n 's:.*<localRepository>\(.*\)</localRepository>.*:\1:p' ~/.m2/settings.xml 2>/dev/null || true)
repository=${repository:-$HOME/.m2/repository}
bindings=$repository/org/open-mpi/mpi-java/$bindings_version/mpi-java-$bindings_version.jar

# The site's own mpi.jar, beside its Open MPI; nothing where there is none.
site_bindings() {
    local info libdir
    info=$(dirname "$(readlink -f "$(command -v "$PLATEAU_COUPLER_MPIRUN" || echo /nonexistent/x)")")/ompi_info
    [ -x "$info" ] || info=$(command -v ompi_info || true)
    [ -n "$info" ] || return 0
    libdir=$("$info" --path libdir --parsable 2>/dev/null | sed -n 's/^path:libdir://p')
    [ ! -r "$libdir/mpi.jar" ] || echo "$libdir/mpi.jar"
}

bindings_missing() {
    local site
    site=$(site_bindings)
    if [ -n "$site" ]; then
        if cmp -s "$site" "$bindings"; then return 1; fi
    else
        [ ! -r "$bindings" ]
    fi
}

# ---- How to install -------------------------------------------------------------------------------
root=()
installable=no
# shellcheck source=/dev/null
if [ -r /etc/debian_version ] && command -v apt-get >/dev/null; then
    installable=yes
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            installable='no: neither root nor sudo'
        elif [ -t 0 ] || sudo -n true 2>/dev/null; then
            root=(sudo)
        else
            installable='no: sudo asks for a password and there is no terminal'
        fi
    fi
else
    installable='no: not a Debian system'
fi

as_root() { ${root[@]+"${root[@]}"} env DEBIAN_FRONTEND=noninteractive "$@"; }

cannot() {
    {
        echo "setup: missing, and cannot be installed from here (${installable#no: }):"
        local one
        for one in ${missing[@]+"${missing[@]}"}; do
            printf '  %-24s for %s\n' "${one%%|*}" "${one#*|}"
        done
        [ "$1" = no ] || printf '  %-24s for the coupler: mpi.jar of an Open MPI configured with --enable-mpi-java\n' "mpi.jar"
        echo "setup: these are the names of Debian 12's packages; install them or their like, name other places in slurm/env.sh, then run this again"
    } >&2
    exit 2
}

install_packages() {
    local names=() one
    for one in "${missing[@]}"; do names+=("${one%%|*}"); done
    say "will install these Debian packages (apt-get install): ${names[*]}"
    [ "$with_tests" = no ] || say "Slurm's and munge's system services stay as they are; the tests start their own"
    as_root apt-get -q update >"$scratch/apt.log" 2>&1 || { tail -n 20 "$scratch/apt.log" >&2; stop "apt-get update failed, see above"; }
    as_root apt-get -q -y --no-install-recommends install "${names[@]}" >>"$scratch/apt.log" 2>&1 \
        || { tail -n 20 "$scratch/apt.log" >&2; stop "apt-get install failed, see above"; }
    hash -r
    find_missing "$wanted"
    [ ${#missing[@]} -eq 0 ] || cannot no
    say "installed"
}

# Stanzas of type deb-src, from the sources that offer Open MPI itself, whichever style they are in.
source_stanzas() {
    local uris file
    uris=$(apt-cache madison libopenmpi-dev | awk -F'|' '{split($3, part, " "); print part[1]}' | sort -u)
    [ -n "$uris" ] || return 1
    for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
        [ ! -r "$file" ] || awk -v uris="$uris" "$one_line_to_stanza" "$file"
    done
    for file in /etc/apt/sources.list.d/*.sources; do
        [ ! -r "$file" ] || awk -v uris="$uris" "$stanza_to_source" "$file"
    done
}

# awk: `deb [signed-by=K arch=A] URI SUITE COMPONENT...` becomes a stanza.
# shellcheck disable=SC2016
one_line_to_stanza='
function bare(uri) { sub(/\/+$/, "", uri); return uri }
BEGIN { n = split(uris, list, "\n"); for (i = 1; i <= n; i++) known[bare(list[i])] = 1 }
{ sub(/#.*/, "") }
$1 == "deb" {
    line = $0; options = ""
    if (match(line, /\[[^]]*\]/)) {
        options = substr(line, RSTART + 1, RLENGTH - 2)
        line = substr(line, 1, RSTART - 1) substr(line, RSTART + RLENGTH)
    }
    n = split(line, word, " ")
    if (n < 3 || !(bare(word[2]) in known)) next
    print "Types: deb-src\nURIs: " word[2] "\nSuites: " word[3]
    if (n > 3) { printf "Components:"; for (i = 4; i <= n; i++) printf " %s", word[i]; print "" }
    m = split(options, option, " ")
    for (i = 1; i <= m; i++) {
        if (option[i] ~ /^signed-by=/) print "Signed-By: " substr(option[i], 11)
        if (option[i] ~ /^trusted=/) print "Trusted: " substr(option[i], 9)
    }
    print ""
}'

# awk: a stanza of type deb becomes one of type deb-src; comments and disabled ones are left out.
# shellcheck disable=SC2016
stanza_to_source='
function bare(uri) { sub(/\/+$/, "", uri); return uri }
function flush_stanza() {
    if (binary && wanted && !off) printf "%s\n", text
    text = ""; binary = wanted = off = 0
}
BEGIN { n = split(uris, list, "\n"); for (i = 1; i <= n; i++) known[bare(list[i])] = 1 }
/^#/ { next }
/^[ \t]*$/ { flush_stanza(); next }
{
    key = tolower($1)
    if (key == "types:") {
        for (i = 2; i <= NF; i++) if ($i == "deb") binary = 1
        $0 = "Types: deb-src"
    } else if (key == "uris:") {
        for (i = 2; i <= NF; i++) if (bare($i) in known) wanted = 1
    } else if (key == "enabled:" && tolower($2) ~ /^(no|false|0|off)$/) off = 1
    text = text $0 "\n"
}
END { flush_stanza() }'

fetch_source() {
    local version file=/etc/apt/sources.list.d/plateau-src.sources
    version=$(dpkg-query -W -f '${source:Version}' libopenmpi-dev)
    cd "$scratch"
    apt-get -qq source --download-only --only-source "openmpi=$version" >source.log 2>&1 && return 0
    source_stanzas >plateau-src.sources || true
    [ -s plateau-src.sources ] \
        || stop "expected a package source that offers libopenmpi-dev, found none in /etc/apt; the Java bindings come from Open MPI's source package"
    say "will write $file: the same package sources as now, of type deb-src"
    as_root install -m 644 plateau-src.sources "$file"
    as_root apt-get -q update -o Dir::Etc::sourcelist="$file" -o Dir::Etc::sourceparts=- \
        -o APT::Get::List-Cleanup=0 >source.log 2>&1 \
        || { tail -n 20 source.log >&2; stop "apt-get update of $file failed, see above"; }
    apt-get -qq source --download-only --only-source "openmpi=$version" >source.log 2>&1 \
        || apt-get -qq source --download-only --only-source openmpi >source.log 2>&1 \
        || { tail -n 20 source.log >&2; stop "apt-get source openmpi failed, see above"; }
}

build_bindings() {
    local site jar javac=javac jar_tool=jar
    site=$(site_bindings)
    if [ -n "$site" ]; then
        say "will copy Open MPI's own Java bindings $site into Maven's local repository"
        jar=$site
    else
        dpkg-query -W libopenmpi-dev >/dev/null 2>&1 || cannot yes
        say "will build Open MPI's Java bindings (mpi.jar) from Debian's source package openmpi (7 MB)"
        (fetch_source)
        mkdir "$scratch/openmpi" "$scratch/classes"
        tar -xf "$scratch"/openmpi_*.orig.tar.* -C "$scratch/openmpi" --strip-components=1 --wildcards '*/ompi/mpi/java/java/*.java'
        [ -z "${JAVA_HOME:-}" ] || { javac=$JAVA_HOME/bin/javac; jar_tool=$JAVA_HOME/bin/jar; }
        "$javac" -nowarn -encoding UTF-8 --release 17 -d "$scratch/classes" "$scratch"/openmpi/ompi/mpi/java/java/*.java \
            >"$scratch/javac.log" 2>&1 || { cat "$scratch/javac.log" >&2; stop "javac of Open MPI's Java bindings failed, see above"; }
        jar=$scratch/mpi.jar
        "$jar_tool" --create --file "$jar" -C "$scratch/classes" .
    fi
    mvn -q -B -N install:install-file -Dfile="$jar" -DgroupId=org.open-mpi -DartifactId=mpi-java \
        -Dversion="$bindings_version" -Dpackaging=jar -DgeneratePom=true >"$scratch/install.log" 2>&1 \
        || { cat "$scratch/install.log" >&2; stop "mvn install:install-file of mpi.jar failed, see above"; }
    say "Open MPI's Java bindings are in $bindings"
}

# ---- Build ----------------------------------------------------------------------------------------
build_native() {
    [ -r native/Makefile ] || return 0
    say "native: make -C native -j2"
    make -C native -j2 >"$scratch/make.log" 2>&1 || { tail -n 40 "$scratch/make.log" >&2; stop "make -C native failed, see above"; }
    say "native: $(grep -cE '^(gcc|cc|gfortran|mpif|mpicc)' "$scratch/make.log" || true) compiled, in native/build"
}

java_up_to_date() {
    local stamp=classifier/target/classpath
    [ -r "$stamp" ] && compgen -G 'classifier/target/plateau-classifier-*.jar' >/dev/null || return 1
    # The list may name jars that somebody has since removed from the local repository.
    tr ':' '\n' <"$stamp" | while read -r file; do [ -r "$file" ] || exit 1; done || return 1
    [ -z "$(find pom.xml .mvn {coupler,classifier}/pom.xml {coupler,classifier}/src -newer "$stamp" -print -quit)" ]
}

heartbeat() {
    while sleep 15; do
        say "java: $(du -sm "$repository" 2>/dev/null | cut -f1) MB in $repository"
    done
}

build_java() {
    if java_up_to_date; then
        say "java: up to date"
        return
    fi
    say "java: mvn package (the first time it fetches about 300 MB of libraries into $repository)"
    heartbeat &
    beat=$!
    local status=0
    mvn -B -Dstyle.color=never -pl classifier -am package -Dmaven.test.skip=true 2>&1 | tee "$scratch/mvn.log" \
        | sed -n -u -e 's/^\[INFO\] \(Building Plateau.*\)\[.*/setup: java: \1/p' -e '/^\[ERROR\]/p' || status=$?
    kill "$beat" 2>/dev/null || true
    beat=
    [ "$status" -eq 0 ] || stop "mvn package failed, see above"
    touch classifier/target/classpath
    say "java: built"
}

# ---- Do it ----------------------------------------------------------------------------------------
find_missing "$wanted"
if [ "$check_only" = yes ]; then
    need_bindings=no
    if bindings_missing; then need_bindings=yes; fi
    [ ${#missing[@]} -eq 0 ] && [ $need_bindings = no ] && say "nothing is missing" && exit 0
    installable='no: --check'
    cannot $need_bindings
fi
if [ ${#missing[@]} -gt 0 ]; then
    [ "$installable" = yes ] || cannot no
    install_packages
fi
if bindings_missing; then build_bindings; fi
[ "$build" = yes ] || exit 0
build_native
build_java
say "ready; source slurm/env.sh to have the command plateau"
