/* The session directory and its control page.
 *
 * The control page tells the writers what to capture and carries the stop flag and the doorbell.
 * Its constant part has a checksum: a writer that finds it damaged captures nothing. Writers read
 * it once with pread and never load from its mapping, so that a truncated file cannot raise SIGBUS
 * in a model; the doorbell is rung by the kernel (FUTEX_WAKE_OP), which answers with EFAULT.
 */
#ifndef PLATEAU_SESSION_H
#define PLATEAU_SESSION_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SESSION_MAGIC 0x4c52544e4f435450u /* "PTCONTRL" */
#define SESSION_VERSION 1
#define SESSION_PATTERN_BYTES (16 * 1024)
#define SESSION_ERROR_BYTES 512

struct session_settings {
    uint64_t ring_bytes;
    uint64_t shared_bytes; /* most that all rings may take together */
    uint64_t wait_ns;      /* longest wait for room in a full ring */
    uint64_t record_stride;
    uint32_t variables_length, dimensions_length;
    char patterns[SESSION_PATTERN_BYTES]; /* variables', then dimensions' patterns, by lines */
};

struct session_control {
    uint64_t magic;
    uint32_t version;
    uint32_t bytes;
    struct session_settings settings;
    uint64_t checksum; /* record_hash of settings */
    _Alignas(64) _Atomic uint32_t stop;
    _Alignas(64) _Atomic uint32_t doorbell;
    _Alignas(64) _Atomic uint64_t shared_used;
    _Atomic uint64_t coming; /* memory that rings are about to take (create.c) */
    char rest[56];
};

/* All functions return 0, or -1 with a line in `error` (SESSION_ERROR_BYTES long). */

/* Makes the directory, mode 0700 and not there before, and its control page. */
int session_create(const char *directory, const struct session_settings *settings, char *error);

/* Checks owner and mode of the directory, and the control page; copies the settings if wanted. */
int session_check(const char *directory, struct session_settings *settings, char *error);

/* Maps the control page for writing. */
struct session_control *session_map(const char *directory, char *error);
void session_unmap(struct session_control *control);

/* Fills in patterns: `variables` and `dimensions` are lines. */
int session_set_patterns(
    struct session_settings *settings, const char *variables, const char *dimensions, char *error);

/* 1 if the stop flag is set, 0 if not or if there is no session to ask. Touches no mapping. */
int session_stop_requested(const char *directory);

/* Raises the doorbell's count and wakes those who wait; never faults. */
void session_ring_doorbell(struct session_control *control);

/* Waits until the doorbell's count differs from `seen`; false if the time passed first. */
bool session_wait_doorbell(struct session_control *control, uint32_t seen, uint64_t timeout_ns);

#endif
