import { notifyManager } from "@tanstack/react-query";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";

notifyManager.setScheduler(queueMicrotask); // within `act`, instead of by a timer after it

configure({ asyncUtilTimeout: 20_000 }); // a busy machine is late, not wrong

afterEach(async () => {
  cleanup();
  await vi.dynamicImportSettled(); // what the provider loads after mount may still be on its way
});
