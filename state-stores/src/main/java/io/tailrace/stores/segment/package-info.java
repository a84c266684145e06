/**
 * State that expires, on an ordered byte store: keys that hold a time, ordered into segments of time that are dropped as a
 * whole, and the stream time that decides when. The stores of windows, sessions and versions are built of it.
 */
@NullMarked
package io.tailrace.stores.segment;

import org.jspecify.annotations.NullMarked;
