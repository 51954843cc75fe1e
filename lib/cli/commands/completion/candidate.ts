/** What may stand where the cursor is, and what it does. */
export type Candidate = readonly [text: string, description: string];
