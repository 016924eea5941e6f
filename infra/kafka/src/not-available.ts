/** Kafka cannot be had on this machine; the message says what would bring it. */
export class NotAvailable extends Error {}
