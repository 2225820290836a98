declare const brand: unique symbol;

/** A `T` that only one place in the code may make, so that a member's id is never taken for a group's. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
