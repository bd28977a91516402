/* How much memory the cgroups leave, on trees of files as the kernel shows them. */
#define _GNU_SOURCE
#include "check.h"
#include "ring.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define MIB(n) ((uint64_t)(n) << 20)

static char root[64], proc[96];

static void put(const char *path, const char *text)
{
    char whole[512];
    snprintf(whole, sizeof whole, "%s%s", root, path);
    for (char *slash = whole + 1; (slash = strchr(slash, '/')) != NULL; slash++) {
        *slash = 0;
        mkdir(whole, 0755);
        *slash = '/';
    }
    FILE *f = fopen(whole, "w");
    if (f == NULL || fputs(text, f) < 0 || fclose(f) != 0)
        abort();
}

static void fresh(const char *mounts, const char *groups)
{
    char command[128];
    snprintf(root, sizeof root, "/tmp/plateau-room-%d", (int)getpid());
    snprintf(proc, sizeof proc, "%s/proc/self", root);
    snprintf(command, sizeof command, "rm -rf %s", root);
    if (system(command) != 0)
        abort();
    put("/proc/self/mountinfo", mounts);
    put("/proc/self/cgroup", groups);
}

static const char v2_mount[]
    = "25 1 0:22 / / rw - ext4 /dev/sda rw\n"
      "30 25 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n";
static const char v1_mount[]
    = "30 25 0:26 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n"
      "31 25 0:27 / /sys/fs/cgroup/memory rw shared:5 - cgroup cgroup rw,memory\n";

static void the_tightest_ancestor_decides_in_version_2(void)
{
    fresh(v2_mount, "0::/job_7/step_0\n");
    put("/sys/fs/cgroup/job_7/memory.max", "1073741824\n");
    put("/sys/fs/cgroup/job_7/memory.current", "943718400\n");
    put("/sys/fs/cgroup/job_7/memory.stat", "anon 900000000\nfile 20971520\nshmem 0\n");
    put("/sys/fs/cgroup/job_7/step_0/memory.max", "max\n");
    put("/sys/fs/cgroup/job_7/step_0/memory.current", "943718400\n");
    CHECK(room_in_cgroups(proc, root) == MIB(1024 - 32) - 943718400 + MIB(20));
}

static void page_cache_is_no_obstacle_but_shared_memory_is(void)
{
    fresh(v2_mount, "0::/job\n");
    put("/sys/fs/cgroup/job/memory.max", "1073741824\n");
    put("/sys/fs/cgroup/job/memory.current", "1073741824\n");
    put("/sys/fs/cgroup/job/memory.stat",
        "anon 209715200\nfile 838860800\nkernel 0\nshmem 524288000\n");
    CHECK(room_in_cgroups(proc, root) == 838860800 - 524288000 - MIB(32));
}

static void version_1_is_read_from_its_memory_hierarchy(void)
{
    fresh(v1_mount, "5:cpu:/elsewhere\n4:memory:/slurm/job_9\n0::/\n");
    put("/sys/fs/cgroup/memory/slurm/job_9/memory.limit_in_bytes", "536870912\n");
    put("/sys/fs/cgroup/memory/slurm/job_9/memory.usage_in_bytes", "104857600\n");
    put("/sys/fs/cgroup/memory/slurm/job_9/memory.stat", "cache 5\ntotal_cache 0\ntotal_shmem 0\n");
    put("/sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    put("/sys/fs/cgroup/memory/memory.usage_in_bytes", "123\n");
    CHECK(room_in_cgroups(proc, root) == MIB(412 - 16));
}

static void a_container_s_path_outside_its_mount_falls_back_to_the_mount(void)
{
    fresh("31 25 0:27 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n",
          "4:memory:/docker/abc\n");
    put("/sys/fs/cgroup/memory/memory.limit_in_bytes", "209715200\n");
    put("/sys/fs/cgroup/memory/memory.usage_in_bytes", "104857600\n");
    CHECK(room_in_cgroups(proc, root) == MIB(100) - MIB(200) / 32);
    put("/proc/self/cgroup", "4:memory:/somewhere/unknown\n");
    CHECK(room_in_cgroups(proc, root) == MIB(100) - MIB(200) / 32);
}

static void without_limits_there_is_no_bound(void)
{
    fresh(v2_mount, "0::/\n");
    CHECK(room_in_cgroups(proc, root) == UINT64_MAX);
    fresh("", "");
    CHECK(room_in_cgroups(proc, root) == UINT64_MAX);
    CHECK(room_in_cgroups("/nonexistent", root) == UINT64_MAX);
}

static void usage_beyond_the_limit_leaves_nothing(void)
{
    fresh(v2_mount, "0::/job\n");
    put("/sys/fs/cgroup/job/memory.max", "1048576\n");
    put("/sys/fs/cgroup/job/memory.current", "2097152\n");
    CHECK(room_in_cgroups(proc, root) == 0);
}

static void the_node_s_own_memory_is_a_bound_too(void)
{
    fresh("", "");
    CHECK(room_on_node(proc) == UINT64_MAX);
    put("/proc/meminfo", "MemTotal:       1048576 kB\nMemFree:         20480 kB\nMemAvailable:   204800 kB\n");
    CHECK(room_on_node(proc) == MIB(200 - 32));
    put("/proc/meminfo", "MemTotal:       1048576 kB\nMemFree:         20480 kB\nMemAvailable:    20480 kB\n");
    CHECK(room_on_node(proc) == 0);
    put("/proc/meminfo", "nothing\n");
    CHECK(room_on_node(proc) == UINT64_MAX);
}

int main(void)
{
    RUN(the_node_s_own_memory_is_a_bound_too);
    RUN(the_tightest_ancestor_decides_in_version_2);
    RUN(page_cache_is_no_obstacle_but_shared_memory_is);
    RUN(version_1_is_read_from_its_memory_hierarchy);
    RUN(a_container_s_path_outside_its_mount_falls_back_to_the_mount);
    RUN(without_limits_there_is_no_bound);
    RUN(usage_beyond_the_limit_leaves_nothing);
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", root);
    return system(command) != 0 || check_failures != 0;
}
