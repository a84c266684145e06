/**
 * The ordered byte store, which every kind of store is built on: its contract, what its implementations share, and the
 * one in memory. A leaf of this module.
 */
@NullMarked
package io.tailrace.stores.bytes;

import org.jspecify.annotations.NullMarked;
