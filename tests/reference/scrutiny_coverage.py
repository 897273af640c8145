# SPDX-License-Identifier: BSL-1.0
# How often the corrected differences of the program `scrutiny` cover the truth: a difference of `delta` of which errors leave
# p - q, seen with a normal error; p of n1 and q of n2 marked papers. Prints the arguments and the share of 500 samples.
import random,math
rnd=random.Random(3)
def draw(p,n):
    h=p*n+.5;m=(1-p)*n+.5
    return 1/(1+math.exp(-(math.log(h/m)+math.sqrt(1/h+1/m)*rnd.gauss(0,1))))
def cover(delta,se,P,n1,Q,n2,reps=500,B=399):
    ok=0
    for _ in range(reps):
        p=sum(rnd.random()<P for _ in range(n1))/n1; q=sum(rnd.random()<Q for _ in range(n2))/n2
        d=delta*(P-Q)+se*rnd.gauss(0,1)
        x=[]
        for _ in range(B):
            j=draw(p,n1)-draw(q,n2)
            if j>0: x.append((d+se*rnd.gauss(0,1))/j)
        if p<=q or len(x)<.9*B: continue
        x.sort(); lo=min(d/(p-q),x[int(.025*len(x))]); hi=max(d/(p-q),x[int(.975*len(x))])
        ok+=lo<=delta<=hi
    return ok/reps
for a in ((-.03,.015,.58,40,.02,80),(-.10,.015,.58,40,.02,80),(0,.015,.58,40,.02,80),(-.10,.015,.9,20,.05,60),(-.1,.015,.3,20,.05,60)): print(a,cover(*a))
