/**
 * Asking stores from outside while the application runs (KIP-796): the request, the answer of each partition, and how far the
 * stores have come. The queries themselves are in {@code io.tailrace.state.query}; a store of your own may answer others.
 */
@NullMarked
package io.tailrace.query;

import org.jspecify.annotations.NullMarked;
