/**
 * What an application says about itself: which threads run which tasks, who holds a key, how far stores lag behind. The types
 * are those of Kafka Streams; as one process runs all tasks, there is one client and no standby.
 */
@NullMarked
package io.tailrace.runtime.metadata;

import org.jspecify.annotations.NullMarked;
