/* Parts of making a ring that the preparation of rings shares. */
#ifndef PLATEAU_CREATE_H
#define PLATEAU_CREATE_H

#include "ring.h"

static inline uint64_t smaller_of(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/* What a limit on this process's address space leaves, but for a margin. */
uint64_t create_room_here(void);

/* Largest capacity that does no harm, at most `wished`: halves until it fits, 0 if nothing does. Its
 * bytes are held, so that processes that make rings at the same moment do not count on the same
 * room, until create_settle. */
uint64_t create_hold(struct session_control *control, uint64_t wished, int directory);

/* The pages of a ring are there and charged, or will not come. */
void create_settle(struct session_control *control, uint64_t capacity);

/* Takes the bytes of one ring from what the session allows for all; false if it is used up. */
bool create_take_share(struct session_control *control, const struct session_settings *settings,
                       uint64_t capacity);
/* The largest share there is, at most of `capacity`; 0 if there is none. */
uint64_t create_take_some_share(struct session_control *control,
                                const struct session_settings *settings, uint64_t capacity);
void create_give_share_back(struct session_control *control, uint64_t capacity);

/* What a ring that is being made has taken so far, by capacity. It stands in the ring's file, so that
 * others can give it back if its maker dies. */
struct taken {
    uint64_t held, share;
};
int create_note(int fd, const struct taken *taken); /* -1 with errno */
/* What the file `name` of the session says that it took. */
struct taken create_taken(const struct session_control *control, int fd, const char *name);

/* Every page is there before it is written to: a full /dev/shm is an error here, not SIGBUS later.
 * -1 with errno. */
int create_reserve(int fd, uint64_t bytes);

/* Locks a whole file for writing; -1 with errno if another process has it. */
int create_lock(int fd);

/* A descriptor out of the way of the model's own, which are the same as without the hook. */
int create_move_high(int fd);

/* The size of the ring that the settings ask for, in whole pages. */
static inline uint64_t create_wished(const struct session_settings *settings)
{
    return settings->ring_bytes & ~(uint64_t)4095;
}

/* Takes one of the prepared rings under the name `claimed`; its descriptor, locked, or -1 if there
 * is none that is whole. */
int spare_claim(struct session_control *control, int directory,
                const struct session_settings *settings, const char *claimed);

#endif
