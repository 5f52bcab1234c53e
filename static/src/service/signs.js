import { browser } from "@web/core/browser/browser";
import { quietly } from "./quietly";

/** Signs that change together are read together. */
const GATHER = 100;

/** Reads the signs of records, those that are wanted together in one request. */
export class Signs {
    constructor(orm) {
        this.orm = orm;
        /** Records whose sign is to be read: {model, field, id, resolve}. */
        this.wanted = [];
    }

    /** The sign of a record as it is now. */
    read(model, field, id) {
        return new Promise((resolve) => {
            if (!this.wanted.length) {
                browser.setTimeout(() => this.readAll(), GATHER);
            }
            this.wanted.push({ model, field, id, resolve });
        });
    }

    async readAll() {
        const wanted = this.wanted.splice(0);
        for (const model of new Set(wanted.map((sign) => sign.model))) {
            const signs = wanted.filter((sign) => sign.model === model);
            const ids = [...new Set(signs.map((sign) => sign.id))];
            const fields = [...new Set(signs.map((sign) => sign.field))];
            const found = (await quietly(this.orm.silent.read(model, ids, fields))) || [];
            for (const { id, field, resolve } of signs) {
                resolve(found.find((record) => record.id === id)?.[field]);
            }
        }
    }
}
