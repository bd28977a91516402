/* Whose call it is, where the return address alone does not tell (slots.c); and dlopen, before which it
 * is settled for all that was loaded so far. */
#define _GNU_SOURCE
#include "census.h"
#include "slots.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

/* The slot by which the object at `address` calls; NULL if it has none that was looked at. */
static const struct slot *slot_at(const void *address, enum call call)
{
    const struct slot *s = NULL;
    while ((s = slots_next(s, call)) != NULL && !object_holds(&s->of->object, address))
        ;
    return s;
}

/* What this thread loaded last: the hash of the file's name without its folder; 0 if nothing. */
static __thread uint64_t loaded __attribute__((tls_model("initial-exec")));

/* How likely a call without a way of its own is one from there, 0: it is not. One that has got its way
 * may have called before it got it, while this thread waited to come in here. */
static int likelihood(const struct slot *s)
{
    if (loaded != 0 && s->of->file_hash == loaded)
        return s->done ? 3 : 4;
    return s->done ? 0 : 1 + s->of->fresh;
}

/* Of those that may have jumped here: what this thread loaded last, then what was loaded at all,
 * before what was known. */
static const struct slot *likeliest(enum call call, bool *sure)
{
    const struct slot *found = NULL;
    *sure = true;
    for (const struct slot *s = NULL; (s = slots_next(s, call)) != NULL;) {
        if (likelihood(s) == 0)
            continue;
        *sure = *sure && (found == NULL || same_route(&found->route, &s->route));
        if (found == NULL || likelihood(s) > likelihood(found))
            found = s;
    }
    return found;
}

static bool is_wrapper(const void *function, enum call call)
{
    bool found = function == wrapper_entries[call];
    for (int w = 0; w < WAYS; w++)
        found = found || function == wrapper_ways[call][w];
    return found;
}

enum verdict caller_settle(uintptr_t address, bool jumped, enum call call, struct route *route)
{
    struct object caller;
    unsigned place;
    uint64_t unloads;
    bool sure, known = object_at(address, &caller, &place, &unloads);
    slots_look_if_expected();
    const struct slot *own = known ? slot_at((const void *)address, call) : NULL;
    const struct slot *found = likeliest(call, &sure);
    if (own != NULL)
        *route = own->route;
    if (found == NULL || (own != NULL && (jumped || (!own->done && (sure || found->done)))))
        return VERDICT_CALLER;
    const void *callee = known && !jumped ? object_callee(&caller, address) : NULL;
    if (callee != NULL && is_wrapper(callee, call))
        return VERDICT_CALLER;
    const struct slot *by_call = callee != NULL ? slot_at(callee, call) : NULL;
    *route = by_call != NULL ? by_call->route : found->route;
    return sure ? VERDICT_SURE : VERDICT_LIKELY;
}

/* ---- before something is loaded ---- */

#if defined(__x86_64__)

/* The loads that this thread is in: what is loaded may load more while it is initialised. The loader
 * returns without us, so a load is over once its place on the stack is left or holds something else;
 * one that is over may seem not to be. */
#define MOST_LOADS 4
struct load {
    uintptr_t at; /* where the address to return to lies */
    uintptr_t to; /* that address */
};
static __thread struct load loads[MOST_LOADS] __attribute__((tls_model("initial-exec")));
static __thread unsigned load_count __attribute__((tls_model("initial-exec")));

/* A stack that was left may be gone: the kernel reads, and says so. */
static bool goes_on(const struct load *load, uintptr_t here)
{
    uintptr_t there = 0;
    struct iovec own = {&there, sizeof there}, other = {(void *)load->at, sizeof there};
    return load->at > here
           && process_vm_readv(getpid(), &own, 1, &other, 1, 0) == (ssize_t)sizeof there
           && there == load->to;
}

static void forget_loads(uintptr_t here)
{
    while (load_count > 0 && !goes_on(&loads[load_count - 1], here))
        load_count--;
}

bool caller_is_loading(void)
{
    return load_count > 0;
}

void *caller_before_load(const char *name, int mode, const uintptr_t *return_address)
    __attribute__((visibility("hidden"), used));

/* Returns where dlopen goes on. */
void *caller_before_load(const char *name, int mode, const uintptr_t *return_address)
{
    static _Atomic(void *) real;
    int saved = errno;
    void *next = atomic_load_explicit(&real, memory_order_acquire);
    if (next == NULL) {
        next = dlsym(RTLD_NEXT, "dlopen");
        atomic_store_explicit(&real, next, memory_order_release);
    }
    forget_loads((uintptr_t)return_address);
    /* Before the libraries of the program have all been initialised nothing is asked of the loader: it
     * would initialise some of them before what they need. */
    if (library_is_prepared())
        library_alone(slots_look_before_load);
    if (load_count < MOST_LOADS)
        loads[load_count++] = (struct load){(uintptr_t)return_address, *return_address};
    if (name != NULL) {
        const char *slash = strrchr(name, '/'), *file = slash != NULL ? slash + 1 : name;
        loaded = record_hash(file, strlen(file));
    }
    if ((mode & RTLD_DEEPBIND) != 0)
        slots_expect_deep();
    slots_expect();
    census_doubt();
    errno = saved;
    return next;
}

/* The real dlopen must see its caller's return address, by which it finds where to look for the
 * file: so this jumps there. */
__asm__(".pushsection .text\n"
        ".globl dlopen\n"
        ".type dlopen, @function\n"
        "dlopen:\n"
        ".cfi_startproc\n"
        "endbr64\n"
        "pushq %rdi\n"
        ".cfi_adjust_cfa_offset 8\n"
        "pushq %rsi\n"
        ".cfi_adjust_cfa_offset 8\n"
        "subq $8, %rsp\n"
        ".cfi_adjust_cfa_offset 8\n"
        "leaq 24(%rsp), %rdx\n"
        "call caller_before_load\n"
        "addq $8, %rsp\n"
        ".cfi_adjust_cfa_offset -8\n"
        "popq %rsi\n"
        ".cfi_adjust_cfa_offset -8\n"
        "popq %rdi\n"
        ".cfi_adjust_cfa_offset -8\n"
        "jmp *%rax\n"
        ".cfi_endproc\n"
        ".size dlopen, .-dlopen\n"
        ".popsection\n");

#else

bool caller_is_loading(void)
{
    return false;
}

#endif
