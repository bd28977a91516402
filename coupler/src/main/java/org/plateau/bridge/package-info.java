/**
 * The rings of a node, seen from Java: the one place where native code is called.
 *
 * <p>A session is a directory (under {@code /dev/shm} by default) with a control page and one ring
 * per writing process. {@link org.plateau.bridge.Session} creates or opens it; {@link
 * org.plateau.bridge.Session#newRings()} gives each {@link org.plateau.bridge.Ring} once; {@link
 * org.plateau.bridge.Ring#poll()} shows the records in place, without a copy. {@link
 * org.plateau.bridge.MappedPages} tells the kernel of the pages of a queue.
 *
 * <p>Threading: a session and its rings belong to one thread; only {@link
 * org.plateau.bridge.Session#requestStop} and {@link org.plateau.bridge.Session#stopRequested} may
 * be called from others. Each ring has exactly one consumer on the machine.
 *
 * <p>Neighbours: {@code org.plateau.message} gives the records their meaning, {@code
 * org.plateau.coupler} drains them into the queue. The framing inside a ring is known to C alone
 * ({@code native/ring}).
 */
package org.plateau.bridge;
