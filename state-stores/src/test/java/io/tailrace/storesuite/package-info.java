/**
 * What every store does, whatever its kind, storage, cache and changelog. {@code StoreKind} and {@code StoreVariant} list all
 * there are; each kind names its suite, which runs on all variants of it, and {@code StorePropertiesTest} drives each of them at
 * random beside a sorted map. It is not below {@code io.tailrace.stores}, so that it sees stores as their users do.
 */
@NullMarked
package io.tailrace.storesuite;

import org.jspecify.annotations.NullMarked;
