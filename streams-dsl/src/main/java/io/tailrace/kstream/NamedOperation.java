package io.tailrace.kstream;

/**
 * Something that gives an operation of the topology its name.
 *
 * @param <T> the class itself
 */
interface NamedOperation<T extends NamedOperation<T>> {
    /**
     * Names the operation in place of the name made from its kind and its place in the program. State and internal topics
     * are found again by name, so give names to what shall survive a change of the program (KIP-307, KIP-1111).
     *
     * @param name letters, digits, {@code .}, {@code _} and {@code -}, at most 249 of them
     * @throws io.tailrace.errors.TopologyException when the name is not of that form
     */
    T withName(String name);
}
