/* A bounded buffer of records in shared memory: one writer process, one reader.
 *
 *   file   | header (constants, writer's words, reader's words, costs, gap table) | data |
 *   data   frames, each a multiple of 32 bytes, addressed by positions that only grow:
 *          offset = position % capacity; a PAD frame fills what is left before the end
 *   frame  | state | 0 | length | sequence | accounted | record ... |
 *
 * The writer lays out header, hyperslab and descriptor of every piece of a write as RESERVED
 * frames, publishes `head`, then copies the payloads and sets each frame COMMITTED. A frame that is
 * RESERVED while its writer is dead is torn, and so is one that a living writer gave up (ABANDONED). `accounted` is the number of writes that the frames up
 * to and including this one stand for, so that what a dead writer left unsaid can be counted.
 *
 * The writer lives as long as it holds the POSIX record lock on the file; the file gets its name
 * ("ring.<16 hex digits>") only once that lock is held. The reader believes nothing it reads: every
 * length is checked against what it knows itself.
 */
#ifndef PLATEAU_RING_H
#define PLATEAU_RING_H

#include "record.h"
#include "session.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#define RING_MAGIC 0x474e495254414c50u /* "PLATRING" */
#define RING_VERSION 2
#define RING_SMALLEST (1u << 20)
#define RING_RESERVE (1u << 20)         /* kept for coordinates, time and gaps */
#define RING_LARGEST_PIECE (16u << 20)
#define RING_FRAME_BYTES 32
#define RING_GAPS 128                   /* entries of the gap table; the last takes the overflow */
#define RING_NAMELESS 2 /* key of writes of which nothing is known; 0: free, 1: overflow */
#define RING_GAP_RANK 16
#define RING_GAP_DESCRIPTOR 2048
#define RING_COSTS 256                  /* buckets: four for every power of two of nanoseconds */

enum ring_state { FRAME_RESERVED = 1, FRAME_COMMITTED = 2, FRAME_PAD = 3, FRAME_ABANDONED = 4 };

struct ring_frame {
    _Atomic uint32_t state;
    uint32_t zero;
    uint64_t length; /* of the frame, with this header */
    uint64_t sequence;
    uint64_t accounted;
};

/* Writes lost while not even a gap record found room, by variable. `low` and `high` bound the
 * hyperslabs that were lost. Written by the writer alone, read by others after its death. */
struct ring_gap {
    uint64_t key; /* 0: free */
    uint64_t file;
    uint64_t count;
    uint64_t sequence; /* of the last write lost */
    uint64_t descriptor_hash;
    uint32_t descriptor_length;
    uint32_t reason;
    uint32_t rank;
    uint32_t type;
    uint64_t low[RING_GAP_RANK], high[RING_GAP_RANK];
    unsigned char descriptor[RING_GAP_DESCRIPTOR];
};

struct ring_header {
    uint64_t magic;
    uint32_t version;
    uint32_t pid; /* for people; never used to tell whether the writer lives */
    uint64_t source;
    uint64_t header_bytes, capacity, reserve;
    uint64_t created; /* ns since 1970 */
    char program[64];
    uint64_t held, share; /* capacities taken from the session while the ring was being made (create.h) */

    _Alignas(64) _Atomic uint64_t head;
    _Atomic uint64_t sequence;  /* highest number given out */
    _Atomic uint64_t contended; /* writes of a second thread, not yet in a gap record */
    _Atomic uint64_t unsaid;    /* writes since capture was turned off */
    _Atomic uint64_t dropped;   /* all writes lost here, whatever the reason */
    _Atomic uint64_t waits, waited_ns;
    _Atomic uint32_t off;   /* the reason why capture was turned off, or 0 */
    _Atomic uint32_t ended; /* 1: the writer left in order */

    _Alignas(64) _Atomic uint64_t tail;
    _Atomic uint64_t told;      /* writes that the frames before the tail stand for */
    _Atomic uint32_t sleeping;  /* 1: ring the doorbell after a commit */
    _Atomic uint32_t end_stage; /* how much of the writer's end has been told */

    _Alignas(64) _Atomic uint64_t cost_max;
    _Atomic uint32_t cost[RING_COSTS];
    struct ring_gap gaps[RING_GAPS];
};

static inline uint64_t ring_header_bytes(void)
{
    return (sizeof(struct ring_header) + 4095) & ~(uint64_t)4095;
}

unsigned ring_cost_bucket(uint64_t ns);
uint64_t ring_cost_of_bucket(unsigned bucket); /* upper end, ns */

/* ---- writer: calls are serialised by its owner ---- */

struct ring_writer {
    struct ring_header *header;
    unsigned char *data;
    struct session_control *control;
    int fd;
    uint64_t inode;
    uint64_t capacity, reserve, piece_limit, wait_ns;
    uint64_t head, accounted, source; /* the writer's own copies: shared memory is not trusted */
    uint64_t last_cost;
    uint32_t tabled; /* entries of the gap table in use */
    uint64_t vain_tail; /* where the reader stood after a wait in vain */
    bool waited_in_vain;
    bool past_caches; /* the ring outgrows them: each page is cold when its turn comes again */
    /* What ring_recover must know of the call that was left: */
    bool busy;
    uint64_t first, first_accounted; /* head and accounted before the last record */
    uint64_t given;                  /* sequence number that nothing stands for yet, or 0 */
};

/* One write to be captured. */
struct ring_slab {
    uint16_t kind;
    uint16_t rank;
    uint8_t type;
    uint8_t flags;
    bool small;        /* may use the reserve: coordinates, time, bounds */
    size_t element;    /* bytes of one element */
    uint64_t file;
    uint64_t key;      /* identity of the variable in the gap table: RING_NAMELESS, or above it */
    const size_t *start, *count;
    const ptrdiff_t *stride; /* NULL: 1 */
    const ptrdiff_t *map;    /* NULL: contiguous; else elements to step in memory per dimension */
    const void *payload;
    const unsigned char *descriptor;
    uint32_t descriptor_length;
    uint64_t descriptor_hash;
};

enum ring_result { RING_WRITTEN, RING_DROPPED, RING_BROKEN };

/* Makes a ring in the session, of the wished size or the largest smaller one for which there is
 * room. -1 with a line in `error` if there is none. `smaller` gets a line if it became smaller. */
int ring_create(
    struct ring_writer *writer, const char *directory, const struct session_settings *settings,
    char *error, char *smaller);

/* Prepares rings in the session before its writers start: their pages are reserved, cleared and
 * charged here. ring_create takes one if it can. Returns how many were made; if fewer than wanted,
 * `error` gets a line. */
unsigned ring_prepare(const char *directory, const struct session_settings *settings,
                      unsigned wanted, char *error);

/* Removes a ring whose writer died before giving it a name (a file .claim.* or .ring.*), if nobody
 * has locked it and it was touched last so many seconds ago; what it took is given back. */
bool ring_sweep(struct session_control *control, const char *path, uint64_t seconds);

/* Copies one hyperslab into the ring, or accounts for its loss. RING_BROKEN: the ring's memory or
 * lock is not what it was; nothing was touched and the writer must not be used again. */
enum ring_result ring_write(struct ring_writer *writer, const struct ring_slab *slab);

/* Accounts for the loss of one write of a known variable. */
enum ring_result ring_lose(
    struct ring_writer *writer, const struct ring_slab *slab, uint32_t reason);

/* A record that is not a write: FILE_CLOSE. */
enum ring_result ring_tell(struct ring_writer *writer, const struct ring_slab *slab);

/* Makes the ring whole again after its owner left a call in the middle and never came back to it (a
 * signal handler that jumps): the write is torn. */
void ring_recover(struct ring_writer *writer);

/* Accounts for a write of which nothing is known, without the owner's lock: from any thread. */
void ring_contended(struct ring_writer *writer);

/* Turns capture off: what follows is counted by ring_unsaid. */
void ring_turn_off(struct ring_writer *writer, uint32_t reason);
void ring_unsaid(struct ring_writer *writer);

void ring_record_cost(struct ring_writer *writer, uint64_t ns);
void ring_end(struct ring_writer *writer);

/* ---- reader ---- */

struct ring_reader {
    struct ring_header *header;
    const unsigned char *data;
    uint64_t map_bytes, header_bytes, capacity, source;
    int fd;
    uint64_t position;  /* of the frame to look at */
    uint64_t accounted; /* by the frames before it */
    uint64_t next;      /* position after the pending record */
    uint64_t next_accounted;
    uint64_t torn_sequence;
    uint32_t stage, next_stage;
    bool pending, dead, broken;
    unsigned char *scratch; /* for records made up here */
    size_t scratch_bytes;
    const void *record;
    size_t record_bytes;
    struct ring_reader *sibling;
};

int ring_open(struct ring_reader *reader, const char *path, char *error);
/* Reads from memory instead of a file; for tests and fuzzing. `dead`: what liveness says. */
int ring_open_memory(struct ring_reader *reader, void *memory, uint64_t bytes, bool dead);
void ring_close(struct ring_reader *reader);
/* 1 and the next record, 0 if there is none. */
int ring_poll(struct ring_reader *reader, const void **record, size_t *length);
void ring_release(struct ring_reader *reader);
bool ring_finished(struct ring_reader *reader);
/* Whether a record can be polled that was not there at the last poll; raises `sleeping`. */
bool ring_prepare_to_sleep(struct ring_reader *reader);
void ring_awake(struct ring_reader *reader);

struct ring_statistics {
    uint64_t written, dropped, used, capacity, waits, cost_p50, cost_p99, cost_max;
};
void ring_statistics(const struct ring_reader *reader, struct ring_statistics *out);

/* ---- room: how much shared memory may be taken without harm, bytes ---- */

/* What the memory cgroups of this process leave, over all ancestors, but for a 32nd of each limit;
 * UINT64_MAX if unlimited. `proc` is "/proc/self", `root` "/" outside tests. */
uint64_t room_in_cgroups(const char *proc, const char *root);
/* What the node's memory leaves, but for a 32nd of it; UINT64_MAX if it cannot be read. */
uint64_t room_on_node(const char *proc);
/* What the file system behind `fd` has free. */
uint64_t room_on_file_system(int fd);
/* Largest file that this process may make without SIGXFSZ. */
uint64_t room_in_file_size(void);
/* What a limit on this process's address space leaves, but for a 32nd of it; UINT64_MAX if unlimited. */
uint64_t room_in_address_space(const char *proc);

#endif
