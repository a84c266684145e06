package io.tailrace.stores;

/**
 * What the DSL asks a {@link DslStoreSuppliers} for: a key-value store. Kafka Streams' store format is left out, since
 * there is one format only.
 *
 * @param name of the store
 */
public record DslKeyValueParams(String name) {}
