/**
 * The window store of bytes on an ordered byte store: the layout of its keys, retention by segments, and its scans.
 */
@NullMarked
package io.tailrace.stores.window;

import org.jspecify.annotations.NullMarked;
