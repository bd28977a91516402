#!/usr/bin/env bash
# Builds and runs the JMH benchmarks; what is given goes to JMH (-h says what it takes).
set -euo pipefail

if [ "${1:-}" = --help ]; then
    echo "usage: perf/run.sh [JMH OPTION]...   by default with the gc profiler: garbage per record"
    exit 0
fi
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=../slurm/env.sh
source "$here/../slurm/env.sh"
cd "$PLATEAU_HOME"
mvn -q -Pperf -pl perf -am -DskipTests -Dspotless.check.skip=true package
exec java --add-exports=java.base/jdk.internal.ref=ALL-UNNAMED \
    --add-opens=java.base/java.lang.reflect=ALL-UNNAMED --add-opens=java.base/sun.nio.ch=ALL-UNNAMED \
    -Dchronicle.analytics.disable=true -Dchronicle.announcer.disable=true \
    -cp "perf/target/classes:$(cat perf/target/classpath)" org.openjdk.jmh.Main -prof gc "$@"
