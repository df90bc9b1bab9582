import { describe, expect, it } from "vitest";
import { databases, useDatabase } from "../../test/databases.js";
import { createTestPayKit, request } from "../../test/paykit.js";

describe.each(databases)("withEntitlement on $name", ({ open }) => {
  const test = useDatabase(open);

  function route(handler: () => Promise<Response>, required = 1) {
    const { paykit, log } = createTestPayKit(test.current.option);
    const left = async (id: string) =>
      (await paykit.check({ customerId: id, featureId: "messages" })).balance?.remaining;
    return { left, log, call: paykit.withEntitlement({ feature: "messages", required }, handler) };
  }

  it("runs for somebody new on the default plan and counts one of 100", async () => {
    const { call, left } = route(async () => Response.json({ ok: true }));
    expect((await call(request("/write", { user: "new" }))).status).toBe(200);
    expect(await left("new")).toBe(99);
  });

  it("answers 403 with the balance to whoever has not enough, without running", async () => {
    const { call } = route(() => Promise.reject(new Error("ran")), 101);
    const response = await call(request("/write", { user: "short" }));
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({
      error: { code: "ENTITLEMENT_DENIED" },
      entitlement: { featureId: "messages", balance: { limit: 100, remaining: 100, unlimited: false } },
    });
  });

  it("answers 401 to nobody", async () => {
    const { call } = route(() => Promise.reject(new Error("ran")));
    expect((await call(request("/write", { user: null }))).status).toBe(401);
  });

  it("counts nothing when the handler fails, and shows nothing of its error", async () => {
    const failing = route(async () => Response.json({}, { status: 502 }));
    expect((await failing.call(request("/write", { user: "unlucky" }))).status).toBe(502);
    const throwing = route(() => Promise.reject(new Error("secret")));
    const response = await throwing.call(request("/write", { user: "unlucky" }));
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("secret");
    expect(throwing.log.lines.join()).toContain("secret");
    expect(await failing.left("unlucky")).toBe(100);
  });

  it("counts a request that is repeated under its idempotency-key once", async () => {
    const { call, left } = route(async () => Response.json({ ok: true }));
    const send = () => call(request("/write", { user: "twice", headers: { "idempotency-key": "click-1" } }));
    expect([(await send()).status, (await send()).status]).toEqual([200, 200]);
    expect(await left("twice")).toBe(99);
  });
});
