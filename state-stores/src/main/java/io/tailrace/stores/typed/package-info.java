/**
 * What processors see: stores of typed keys and values, which are serde calls around the stores of bytes.
 */
@NullMarked
package io.tailrace.stores.typed;

import org.jspecify.annotations.NullMarked;
