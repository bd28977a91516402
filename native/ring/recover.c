/* A ring whose owner left a call in the middle. */
#include "frames.h"

/* Frames that were published and not filled are given up. */
static void abandon_frames(struct ring_writer *w)
{
    for (uint64_t at = w->first; at < w->head;) {
        struct ring_frame *frame = frames_at(w, at);
        uint64_t length = frame->length;
        if (length < RING_FRAME_BYTES || length % RING_FRAME_BYTES != 0 || length > w->head - at)
            return; /* no work of ours: the reader judges */
        uint32_t reserved = FRAME_RESERVED;
        atomic_compare_exchange_strong(&frame->state, &reserved, FRAME_ABANDONED);
        at += length;
    }
}

void ring_recover(struct ring_writer *w)
{
    if (w->header == NULL || !w->busy || !frames_intact(w))
        return;
    uint32_t tabled = 0;
    for (int i = 0; i < RING_GAPS; i++)
        tabled += w->header->gaps[i].key != 0;
    w->tabled = tabled;
    if (w->head != w->first) {
        atomic_store_explicit(&w->header->head, w->head, memory_order_release);
        abandon_frames(w);
    } else {
        w->accounted = w->first_accounted;
    }
    if (w->head == w->first && w->given != 0) {
        struct ring_slab torn = {.kind = RECORD_TORN};
        frames_put_bare(w, &torn, NULL, w->given, 1, 0, 0); /* without room the reader finds one missing */
    }
    frames_end(w);
    frames_knock(w);
}
