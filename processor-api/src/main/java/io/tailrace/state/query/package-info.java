/**
 * The queries that the stores of Tailrace answer: by key, by range, by window. They are put into a
 * {@code io.tailrace.query.StateQueryRequest}.
 */
@NullMarked
package io.tailrace.state.query;

import org.jspecify.annotations.NullMarked;
