/**
 * Reading stores from other threads: {@link io.tailrace.runtime.query.StoreQueryParameters} say which store and how to read
 * it, {@link io.tailrace.runtime.query.QueryableStoreTypes} are the ways, and the answer is one face over the stores of all
 * tasks.
 */
@NullMarked
package io.tailrace.runtime.query;

import org.jspecify.annotations.NullMarked;
