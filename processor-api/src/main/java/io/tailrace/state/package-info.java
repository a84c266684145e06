/**
 * What a processor sees of state: the store interfaces, their iterators, windows, and the builders and suppliers that
 * make stores. The stores themselves are elsewhere.
 */
@NullMarked
package io.tailrace.state;

import org.jspecify.annotations.NullMarked;
