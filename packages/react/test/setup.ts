import { notifyManager } from "@tanstack/react-query";
import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";

notifyManager.setScheduler(queueMicrotask); // within `act`, instead of by a timer after it

afterEach(cleanup);
