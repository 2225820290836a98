/** One line of the doctor: whether it is well, what is so, and what to do when it is not. */
export type Finding = { readonly well: boolean; readonly what: string; readonly remedy?: string };
