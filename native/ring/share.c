/* What a ring may take: within the memory of the job and the node, and its share of what the session
 * allows for all. */
#include "create.h"

#define MIB (UINT64_C(1) << 20)
#define MARGIN (64 * MIB)        /* left free in the job's memory, and at most so much in /dev/shm */
#define COMING_CHANGE (UINT64_C(1) << 48)
#define COMING_BYTES (COMING_CHANGE - 1)
#define MOST_LOOKS 10000         /* each that is in vain is another process's success */

static uint64_t without_margin(uint64_t room, uint64_t margin)
{
    return room == UINT64_MAX ? room : room > margin ? room - margin : 0;
}

uint64_t create_room_here(void)
{
    return without_margin(room_in_address_space("/proc/self"), MARGIN);
}

static uint64_t room_for_rings(int directory)
{
    uint64_t room = smaller_of(room_in_cgroups("/proc/self", "/"), room_on_node("/proc/self"));
    room = smaller_of(without_margin(room, MARGIN), create_room_here());
    uint64_t free_here = room_on_file_system(directory); /* 64 MiB in many a container */
    room = smaller_of(room, without_margin(free_here, smaller_of(MARGIN, free_here / 8)));
    return smaller_of(room, room_in_file_size());
}

static uint64_t largest_within(uint64_t room, uint64_t wished)
{
    uint64_t capacity = wished & ~(uint64_t)4095;
    while (capacity >= RING_SMALLEST && capacity + ring_header_bytes() > room)
        capacity = capacity / 2 & ~(uint64_t)4095;
    return capacity >= RING_SMALLEST ? capacity : 0;
}

/* `coming` holds bytes in its lower 48 bits, and above them how often it changed: a look at the
 * room is worth something only if nothing came or was charged since. */
uint64_t create_hold(struct session_control *control, uint64_t wished, int directory)
{
    uint64_t coming = atomic_load(&control->coming);
    for (int i = 0; i < MOST_LOOKS; i++) {
        uint64_t held = coming & COMING_BYTES, room = room_for_rings(directory);
        uint64_t capacity = largest_within(room > held ? room - held : 0, wished);
        if (capacity == 0
            || atomic_compare_exchange_strong(
                &control->coming, &coming,
                coming + COMING_CHANGE + capacity + ring_header_bytes()))
            return capacity;
    }
    return 0;
}

void create_settle(struct session_control *control, uint64_t capacity)
{
    uint64_t coming = atomic_load(&control->coming), bytes = capacity + ring_header_bytes();
    while (capacity > 0
           && !atomic_compare_exchange_weak(
               &control->coming, &coming,
               coming + COMING_CHANGE - smaller_of(bytes, coming & COMING_BYTES)))
        ;
}

bool create_take_share(struct session_control *control, const struct session_settings *settings,
                       uint64_t capacity)
{
    uint64_t bytes = capacity + ring_header_bytes();
    uint64_t used = atomic_fetch_add(&control->shared_used, bytes);
    if (used + bytes <= settings->shared_bytes + ring_header_bytes() && used + bytes >= used)
        return true;
    atomic_fetch_sub(&control->shared_used, bytes);
    return false;
}

uint64_t create_take_some_share(
    struct session_control *control, const struct session_settings *settings, uint64_t capacity)
{
    for (; capacity >= RING_SMALLEST; capacity = capacity / 2 & ~(uint64_t)4095)
        if (create_take_share(control, settings, capacity))
            return capacity;
    return 0;
}

void create_give_share_back(struct session_control *control, uint64_t capacity)
{
    if (capacity > 0)
        atomic_fetch_sub(&control->shared_used, capacity + ring_header_bytes());
}
