import { APIError } from "better-auth/api";

/** Null when it went well, else the sentence in which Better Auth says to the person what did not. */
export async function attempt(act: () => Promise<unknown>) {
  try {
    await act();
    return null;
  } catch (error) {
    if (error instanceof APIError) return error.message;
    throw error;
  }
}
