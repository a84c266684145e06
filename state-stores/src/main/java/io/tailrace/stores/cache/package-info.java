/**
 * The write-back cache in front of a store: it keeps keys and values as objects or bytes, whatever the store gives it, holds writes
 * back until the next commit, and then tells what has changed, once per key. One thread, the task's: readers on other threads look
 * at what is committed, which never is in here only.
 */
@NullMarked
package io.tailrace.stores.cache;

import org.jspecify.annotations.NullMarked;
