package io.tailrace.samples.flights;

/**
 * An airport of the United States.
 *
 * @param iata its code
 */
record Airport(String iata, String name, String city, String state) {
    /** Stands for every airport that is not in the table. */
    static final Airport UNKNOWN = new Airport("", "", "", "");
}
