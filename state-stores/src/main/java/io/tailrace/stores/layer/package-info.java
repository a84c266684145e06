/**
 * What is laid between a byte store and its typed face: the changelog, and the adapter for byte stores made by others.
 * Each layer is written once, for every kind of store.
 */
@NullMarked
package io.tailrace.stores.layer;

import org.jspecify.annotations.NullMarked;
