/**
 * The versioned store of bytes (KIP-889) on an ordered byte store: the latest version of each key, and its history in
 * segments of time.
 */
@NullMarked
package io.tailrace.stores.versioned;

import org.jspecify.annotations.NullMarked;
