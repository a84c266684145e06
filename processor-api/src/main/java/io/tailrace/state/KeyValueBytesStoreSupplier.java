package io.tailrace.state;

import io.tailrace.common.Bytes;

/** Makes key-value stores of serialized keys and values. */
public interface KeyValueBytesStoreSupplier extends StoreSupplier<KeyValueStore<Bytes, byte[]>> {}
