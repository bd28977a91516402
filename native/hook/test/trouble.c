/* Models in trouble: trouble KIND PATH. Each kind writes T(time, x) as usual and does something that
 * a hook could trip over. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <netcdf.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHECK(call)                                                         \
    do {                                                                    \
        int rc_ = (call);                                                   \
        if (rc_ != NC_NOERR) {                                              \
            fprintf(stderr, "%s: %s\n", #call, nc_strerror(rc_));           \
            exit(1);                                                        \
        }                                                                   \
    } while (0)

enum { NX = 20000 };
static double field[NX];
static unsigned errnos; /* what the puts left in errno, in order */
static const char *path;

static int create(const char *name, int mode, int *variable)
{
    int nc, dims[2];
    CHECK(nc_create(name, mode, &nc));
    CHECK(nc_def_dim(nc, "time", NC_UNLIMITED, &dims[0]));
    CHECK(nc_def_dim(nc, "x", NX, &dims[1]));
    CHECK(nc_def_var(nc, "T", NC_FLOAT, 2, dims, variable));
    CHECK(nc_enddef(nc));
    return nc;
}

static void put(int nc, int variable, size_t record)
{
    const size_t start[] = {record, 0}, count[] = {1, NX};
    for (int i = 0; i < NX; i++)
        field[i] = (double)record + i;
    errno = EXDEV;
    CHECK(nc_put_vara_double(nc, variable, start, count, field));
    errnos = 31 * errnos + (unsigned)errno;
}

static void usual(void)
{
    int variable, nc = create(path, NC_64BIT_OFFSET, &variable);
    for (size_t r = 0; r < 20; r++)
        put(nc, variable, r);
    CHECK(nc_close(nc));
}

static void forks(void)
{
    int variable, nc = create(path, NC_64BIT_OFFSET, &variable);
    put(nc, variable, 0);
    for (size_t r = 1; r < 5; r++) {
        pid_t child = fork();
        if (child == 0) { /* a child that writes a file of its own */
            char name[4096];
            snprintf(name, sizeof name, "%s.child%zu", path, r);
            int v, mine = create(name, NC_64BIT_OFFSET, &v);
            put(mine, v, r);
            CHECK(nc_close(mine));
            _exit(0);
        }
        int status;
        waitpid(child, &status, 0);
        put(nc, variable, r);
        if (status != 0 || system("true") != 0)
            exit(3);
    }
    CHECK(nc_close(nc));
}

static void executes(void)
{
    int variable, nc = create(path, NC_64BIT_OFFSET, &variable);
    put(nc, variable, 0);
    CHECK(nc_close(nc));
    char name[4096];
    snprintf(name, sizeof name, "%s.next", path);
    execl("/proc/self/exe", "trouble", "usual", name, (char *)NULL);
    exit(3);
}

/* Starts a program by the shell, as models do to move or convert files; it writes netCDF too. */
static void commands(void)
{
    int variable, nc = create(path, NC_64BIT_OFFSET, &variable);
    char self[4096], command[9000];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    self[length > 0 ? length : 0] = 0;
    snprintf(command, sizeof command, "'%s' usual '%s.child' && cp '%s.child' '%s.copy'", self, path,
             path, path);
    for (size_t r = 0; r < 3; r++) {
        put(nc, variable, r);
        printf("command %d\n", system(command));
    }
    CHECK(nc_close(nc));
}

static volatile sig_atomic_t ticks;

static void tick(int signal)
{
    (void)signal;
    ticks++;
}

static void signals(void)
{
    struct sigaction action = {.sa_handler = tick};
    struct itimerval often = {{0, 200}, {0, 200}};
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &often, NULL);
    usual();
}

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static int shared_nc, shared_variable;

static void *writer(void *argument)
{
    size_t first = *(const size_t *)argument;
    for (size_t r = first; r < 20; r += 2) {
        pthread_mutex_lock(&turn);
        put(shared_nc, shared_variable, r);
        pthread_mutex_unlock(&turn);
    }
    return NULL;
}

static void threads(void)
{
    static const size_t first[2] = {0, 1};
    pthread_t two[2];
    shared_nc = create(path, NC_64BIT_OFFSET, &shared_variable);
    for (int i = 0; i < 2; i++)
        pthread_create(&two[i], NULL, writer, (void *)&first[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(two[i], NULL);
    CHECK(nc_close(shared_nc));
}

static void *write_all(void *unused)
{
    usual();
    return unused;
}

/* Writes from a thread whose stack is small, but large enough for netCDF. */
static void confined(void)
{
    pthread_t thread;
    pthread_attr_t attributes;
    CHECK(pthread_attr_init(&attributes));
    CHECK(pthread_attr_setstacksize(&attributes, 32 << 10));
    CHECK(pthread_create(&thread, &attributes, write_all, NULL));
    CHECK(pthread_join(thread, NULL));
}

/* A model without a standard error, whose log gets that descriptor. */
static void unheard(void)
{
    char name[4096];
    snprintf(name, sizeof name, "%s.log", path);
    FILE *file = fopen(name, "w");
    if (file == NULL || fileno(file) != STDERR_FILENO)
        exit(3);
    usual();
    fputs("the model's own words\n", file);
    fclose(file);
}

static void many(void)
{
    static int nc[200], variable[200];
    char name[4096];
    for (int i = 0; i < 200; i++) {
        snprintf(name, sizeof name, "%s.%d", path, i);
        nc[i] = create(name, NC_64BIT_OFFSET, &variable[i]);
    }
    for (size_t r = 0; r < 2; r++)
        for (int i = 0; i < 200; i++)
            put(nc[i], variable[i], r);
    for (int i = 0; i < 200; i++)
        CHECK(nc_close(nc[i]));
}

/* Zero-sized writes, a write that netCDF refuses, errno left by somebody else. */
static void edges(void)
{
    int variable, nc = create(path, NC_64BIT_OFFSET, &variable);
    const size_t start[] = {0, 0}, none[] = {0, NX}, beyond[] = {1, NX + 1}, one[] = {1, 1};
    CHECK(nc_put_vara_double(nc, variable, start, none, field));
    printf("refused %d\n", nc_put_vara_double(nc, variable, start, beyond, field));
    printf("bad id %d\n", nc_put_vara_double(nc + 1, variable, start, one, field));
    printf("bad variable %d\n", nc_put_vara_double(nc, 99, start, one, field));
    errno = EXDEV;
    CHECK(nc_put_vara_double(nc, variable, start, one, field));
    printf("errno %d\n", errno == EXDEV);
    struct stat st;
    printf("lowest descriptor %d\n", open("/dev/null", O_RDONLY));
    printf("closed twice %d %d\n", nc_close(nc), nc_close(nc));
    printf("gone %d\n", stat(path, &st));
}

/* A value that the file's type cannot hold: netCDF writes the rest, and says so. */
static void range(void)
{
    static const int modes[] = {NC_64BIT_OFFSET, NC_NETCDF4};
    for (int i = 0; i < 2; i++) {
        char name[4096];
        int variable;
        snprintf(name, sizeof name, "%s.%d", path, i);
        int nc = create(name, modes[i], &variable);
        put(nc, variable, 0);
        field[3] = 1e300;
        const size_t start[] = {1, 0}, count[] = {1, NX};
        errno = EXDEV;
        printf("range %d\n", nc_put_vara_double(nc, variable, start, count, field));
        printf("errno %d\n", errno == EXDEV);
        CHECK(nc_close(nc));
    }
}

/* Files with relative names, made in folders that the model has left when it writes. */
static void folders(void)
{
    static int nc[3], variable[3];
    char name[4096];
    for (int i = 0; i < 3; i++) {
        snprintf(name, sizeof name, "member%d", i);
        CHECK(mkdir(name, 0755) || chdir(name));
        nc[i] = create(path, NC_64BIT_OFFSET, &variable[i]);
        CHECK(chdir(".."));
    }
    for (int i = 0; i < 3; i++)
        put(nc[i], variable[i], 0);
    CHECK(chdir("member2"));
    for (int i = 0; i < 3; i++)
        CHECK(nc_close(nc[i]));
    CHECK(chdir(".."));
}

/* netCDF's other ways to write: its second version's calls, whole records, a variable from another
 * file, a scalar, a variable that grows in two dimensions, compressed and rounded numbers. */
static void ways(void)
{
    int variable, nc = create(path, NC_64BIT_OFFSET, &variable);
    const long start[] = {0, 0}, count[] = {1, NX};
    void *const record[] = {field};
    ncopts = 0;
    CHECK(ncvarput(nc, variable, start, count, field) != 0);
    CHECK(ncrecput(nc, 1, record) != 0);
    char name[4096];
    snprintf(name, sizeof name, "%s.4", path);
    int other, dims[3], copied, scalar, grows, rounded;
    CHECK(nc_create(name, NC_NETCDF4, &other));
    CHECK(nc_def_dim(other, "time", NC_UNLIMITED, &dims[0]));
    CHECK(nc_def_dim(other, "member", NC_UNLIMITED, &dims[1]));
    CHECK(nc_def_dim(other, "x", NX, &dims[2]));
    CHECK(nc_def_var(other, "scalar", NC_DOUBLE, 0, NULL, &scalar));
    CHECK(nc_def_var(other, "grows", NC_FLOAT, 3, dims, &grows));
    CHECK(nc_def_var(other, "rounded", NC_FLOAT, 1, &dims[2], &rounded));
    CHECK(nc_def_var_quantize(other, rounded, NC_QUANTIZE_BITGROOM, 3));
    CHECK(nc_def_var_deflate(other, rounded, 1, 1, 1));
    CHECK(nc_put_var_double(other, scalar, field));
    CHECK(nc_put_vara_double(other, scalar, NULL, NULL, field));
    const size_t corner[] = {2, 1, 0}, edges[] = {1, 1, NX};
    CHECK(nc_put_vara_double(other, grows, corner, edges, field));
    static float whole[3 * 2 * NX];
    CHECK(nc_put_var_float(other, grows, whole));
    CHECK(nc_put_var_double(other, rounded, field));
    CHECK(nc_sync(nc));
    CHECK(nc_copy_var(nc, variable, other));
    CHECK(nc_inq_varid(other, "T", &copied));
    CHECK(nc_close(other));
    CHECK(nc_close(nc));
}

/* Redefinition, variables added later, records out of order and rewritten, append after reopening. */
static void changes(void)
{
    int variable, later, nc = create(path, NC_64BIT_OFFSET, &variable), dim;
    put(nc, variable, 3);
    put(nc, variable, 1);
    put(nc, variable, 3);
    CHECK(nc_redef(nc));
    CHECK(nc_def_dim(nc, "y", 2, &dim));
    CHECK(nc_def_var(nc, "later", NC_INT, 1, &dim, &later));
    CHECK(nc_rename_var(nc, variable, "Temp"));
    CHECK(nc_enddef(nc));
    const int pair[] = {7, 8};
    CHECK(nc_put_var_int(nc, later, pair));
    put(nc, variable, 4);
    CHECK(nc_close(nc));
    CHECK(nc_open(path, NC_WRITE, &nc));
    put(nc, variable, 5);
    CHECK(nc_close(nc));
}

/* Variables in groups, and one name at two levels. */
static void groups(void)
{
    int nc, inner, dims[2], outer_variable, inner_variable;
    CHECK(nc_create(path, NC_NETCDF4, &nc));
    CHECK(nc_def_dim(nc, "time", NC_UNLIMITED, &dims[0]));
    CHECK(nc_def_grp(nc, "physics", &inner));
    CHECK(nc_def_dim(inner, "x", NX, &dims[1]));
    CHECK(nc_def_var(nc, "T", NC_FLOAT, 1, dims, &outer_variable));
    CHECK(nc_def_var(inner, "T", NC_FLOAT, 2, dims, &inner_variable));
    CHECK(nc_put_att_text(inner, inner_variable, "units", 1, "K"));
    put(inner, inner_variable, 0);
    const size_t zero = 0;
    const double day = 4;
    CHECK(nc_put_var1_double(nc, outer_variable, &zero, &day));
    put(inner, inner_variable, 1);
    CHECK(nc_close(nc));
}

/* A file per output time, under numbers that the library gives again; one is given up. */
static void steps(void)
{
    char name[4096];
    for (size_t r = 0; r < 20; r++) {
        int variable;
        snprintf(name, sizeof name, "%s.%zu", path, r);
        int nc = create(name, NC_64BIT_OFFSET, &variable);
        put(nc, variable, 0);
        if (r == 7) {
            CHECK(nc_redef(nc));
            CHECK(nc_abort(nc));
        } else {
            CHECK(nc_close(nc));
        }
    }
}

/* Variables that hold no numbers, beside one that does. */
static void words(void)
{
    int nc, dim, name, kind, variable, type;
    CHECK(nc_create(path, NC_NETCDF4, &nc));
    CHECK(nc_def_dim(nc, "x", NX, &dim));
    CHECK(nc_def_enum(nc, NC_BYTE, "phase", &type));
    const signed char ice = 1;
    CHECK(nc_insert_enum(nc, type, "ice", &ice));
    CHECK(nc_def_var(nc, "name", NC_STRING, 1, &dim, &name));
    CHECK(nc_def_var(nc, "kind", type, 1, &dim, &kind));
    CHECK(nc_def_var(nc, "T", NC_FLOAT, 1, &dim, &variable));
    const size_t start = 2, count = 2;
    const char *texts[] = {"morning", "evening"};
    const signed char kinds[] = {1, 1};
    CHECK(nc_put_vara_string(nc, name, &start, &count, texts));
    CHECK(nc_put_var1_string(nc, name, &start, texts));
    CHECK(nc_put_vara(nc, name, &start, &count, texts));
    CHECK(nc_put_vara(nc, kind, &start, &count, kinds));
    CHECK(nc_put_vara_double(nc, variable, &start, &count, field));
    CHECK(nc_close(nc));
}

/* Attributes that are put, renamed and deleted between puts, without redefinition. */
static void attributes(void)
{
    int nc, dims[2], variable;
    CHECK(nc_create(path, NC_NETCDF4, &nc));
    CHECK(nc_def_dim(nc, "time", NC_UNLIMITED, &dims[0]));
    CHECK(nc_def_dim(nc, "x", NX, &dims[1]));
    CHECK(nc_def_var(nc, "T", NC_FLOAT, 2, dims, &variable));
    put(nc, variable, 0);
    CHECK(nc_put_att_text(nc, variable, "units", 1, "K"));
    put(nc, variable, 1);
    const float fill = -1;
    CHECK(nc_put_att_float(nc, variable, "scale_factor", NC_FLOAT, 1, &fill));
    put(nc, variable, 2);
    CHECK(nc_rename_att(nc, variable, "units", "unit"));
    put(nc, variable, 3);
    CHECK(nc_del_att(nc, variable, "unit"));
    put(nc, variable, 4);
    CHECK(nc_put_att_text(nc, NC_GLOBAL, "title", 1, "a"));
    put(nc, variable, 5);
    CHECK(nc_put_att_text(nc, NC_GLOBAL, "history", 1, "b"));
    put(nc, variable, 6);
    CHECK(nc_rename_var(nc, variable, "temp"));
    put(nc, variable, 7);
    CHECK(nc_close(nc));
}

/* What gives the numbers their meaning. */
static void meaning(void)
{
    int nc, time, x, vtime, variable;
    const float fill = -999;
    const int place = 7;
    const double zero = 0, scale[] = {1.5, 2.5};
    CHECK(nc_create(path, NC_NETCDF4, &nc));
    CHECK(nc_def_dim(nc, "time", NC_UNLIMITED, &time));
    CHECK(nc_def_dim(nc, "x", NX, &x));
    const int dims[] = {time, x};
    CHECK(nc_def_var(nc, "time", NC_DOUBLE, 1, &time, &vtime));
    CHECK(nc_put_att_text(nc, vtime, "units", 21, "days since 2000-01-01"));
    CHECK(nc_put_att_text(nc, vtime, "calendar", 7, "360_day"));
    CHECK(nc_def_var(nc, "T", NC_FLOAT, 2, dims, &variable));
    CHECK(nc_put_att_text(nc, variable, "units", 1, "K"));
    CHECK(nc_put_att_text(nc, variable, "standard_name", 15, "air_temperature"));
    CHECK(nc_put_att_float(nc, variable, "_FillValue", NC_FLOAT, 1, &fill));
    CHECK(nc_put_att_double(nc, variable, "valid_range", NC_DOUBLE, 2, scale));
    CHECK(nc_put_att_int(nc, NC_GLOBAL, "ibegin", NC_INT, 1, &place));
    CHECK(nc_enddef(nc));
    put(nc, variable, 0);
    const size_t first = 0;
    CHECK(nc_put_var1_double(nc, vtime, &first, &zero));
    CHECK(nc_close(nc));
}

/* Ends in the middle, as a model that finds a NaN. */
static void aborts(void)
{
    int variable, nc = create(path, NC_64BIT_OFFSET, &variable);
    for (size_t r = 0; r < 5; r++)
        put(nc, variable, r);
    CHECK(nc_sync(nc));
    abort();
}

/* Closes descriptors that it did not open, as daemons do. */
static void closes(void)
{
    int variable, nc = create(path, NC_64BIT_OFFSET, &variable);
    for (size_t r = 0; r < 20; r++) {
        put(nc, variable, r);
        if (r == 4)
            for (int fd = 64; fd < 65536; fd++)
                close(fd);
    }
    CHECK(nc_close(nc));
}

/* Waits for a line on standard input before every record, and says so. */
static void paces(void)
{
    int variable, nc = create(path, NC_64BIT_OFFSET, &variable);
    char line[16];
    for (size_t r = 0; r < 20; r++) {
        put(nc, variable, r);
        printf("%zu\n", r);
        fflush(stdout);
        if (r < 19 && fgets(line, sizeof line, stdin) == NULL)
            break;
    }
    CHECK(nc_close(nc));
}

/* Lists what a hook may have left in the process. */
static void process(void)
{
    usual();
    char line[256];
    FILE *status = fopen("/proc/self/status", "r");
    while (fgets(line, sizeof line, status) != NULL)
        if (strncmp(line, "Threads", 7) == 0 || strncmp(line, "Rss", 3) == 0)
            fputs(line, stderr);
    fclose(status);
}

static const struct {
    const char *name;
    void (*run)(void);
} kinds[] = {{"usual", usual},     {"forks", forks},   {"executes", executes},
             {"signals", signals}, {"threads", threads}, {"many", many},
             {"edges", edges},     {"range", range},   {"folders", folders},
             {"ways", ways},       {"commands", commands}, {"confined", confined},
             {"unheard", unheard},     {"changes", changes}, {"groups", groups},
             {"words", words},     {"attributes", attributes},
             {"aborts", aborts},   {"closes", closes}, {"steps", steps},
             {"meaning", meaning},
             {"paces", paces},     {"process", process}};

int main(int argc, char **argv)
{
    path = argv[argc - 1];
    for (size_t i = 0; argc == 3 && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(argv[1], kinds[i].name) == 0) {
            kinds[i].run();
            printf("errno %x\n", errnos);
            return 0;
        }
    return 2;
}
